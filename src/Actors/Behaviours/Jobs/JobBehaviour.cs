using System.Collections.Immutable;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Behaviours.Jobs;

/// <summary>
/// One job's life: running ⇄ parked; running → finishing → completed, blocked, failed or cancelled. It ends as completed exactly when a
/// commit left nothing pending; as blocked when a domain gives up (P-13+); it parks when the site asks to stay away for more than a day
/// (P-12+) and runs again at that instant. A job whose start URL was never answered has failed, with the reason. How it ends and how it is
/// opened again, step by step: <see cref="JobEnd"/> and <see cref="JobRetry"/>.
/// </summary>
public sealed class JobBehaviour : IBehaviour<JobLife>
{
    /// <summary>After a read of the store failed, it is tried again this much later.</summary>
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    public JobLife Born(string key) => new(new JobId(long.Parse(key, System.Globalization.CultureInfo.InvariantCulture)), JobPhase.Unknown, null, null, JobState.Completed, null, null);

    public JobLife Apply(JobLife state, IEvent happened) => happened is Became became
        ? became.Life
        : throw new InvalidOperationException($"No transition for {happened.GetType().Name}.");

    public Decision Decide(JobLife s, object message, DateTimeOffset now) => message switch
    {
        WriterProtocol.Rejected { Command: not WriterProtocol.SaveReport } m => throw new InvalidOperationException($"The writer cannot store {m.Command.GetType().Name}: {m.Reason}"),
        WorkFailed m => Fail(s, m, now),
        WakeUp when s.ReadsAgain => ReadAgain(s with { ReadsAgain = false }),
        WakeUp when s.Phase == JobPhase.Parked && s.ResumeAt <= now => Resume(s, now),
        JobProtocol.TakeUp m => TakeUp(s, m, now),
        JobProtocol.ICommand m when s.IsLive => DecideLive(s, m, now),
        JobProtocol.Retry when s.Phase is JobPhase.Unknown or JobPhase.Ended => JobRetry.Begin(s),
        JobProtocol.Retry m when s.IsEnding => Become(s with { Later = m }),
        JobProtocol.GiveUp or JobProtocol.Park or JobProtocol.Cancel when s.IsOpening => Become(s with { Later = s.Later is JobProtocol.Cancel ? s.Later : (JobProtocol.ICommand)message }),
        JobWork.OpenDomainsLoaded m when s.Phase == JobPhase.Running => new Decision([], [.. m.Domains.Select(domain => new Effect.Tell(new DomainProtocol.Wake(domain)))]),
        WriterProtocol.JobEnded when s.Phase != JobPhase.Unknown => JobEnd.End(s),
        _ when s.IsEnding => JobEnd.Decide(s, message, now),
        _ when s.IsOpening => JobRetry.Decide(s, message, now),
        // Whoever speaks to a job that is not alive, or no longer, does not keep it in memory.
        _ => s.Phase is JobPhase.Unknown or JobPhase.Ended ? new Decision([], [new Effect.Sleep()]) : Decision.Nothing,
    };

    internal static Decision Become(JobLife next, params Effect[] effects) => new([new Became(next)], [.. effects]);

    internal static Effect Write(WriterProtocol.ICommand command) => new Effect.Start(new JobWork.Write(command));

    private static Decision DecideLive(JobLife s, JobProtocol.ICommand message, DateTimeOffset now) => message switch
    {
        JobProtocol.PendingReachedZero => JobEnd.Begin(s, JobState.Completed, null, now),
        JobProtocol.GiveUp m => JobEnd.Begin(s, JobState.Blocked, m.Reason, now),
        JobProtocol.Cancel => JobEnd.Begin(s, JobState.Cancelled, "Cancelled by request.", now),
        JobProtocol.Park m when s.Phase == JobPhase.Running => Park(s, m, now),
        JobProtocol.Retry => JobRetry.Begin(s),
        _ => Decision.Nothing,
    };

    private static Decision TakeUp(JobLife s, JobProtocol.TakeUp m, DateTimeOffset now) => m.State switch
    {
        // Told twice, or while it ends or is opened: once is enough.
        _ when s.Phase == JobPhase.Running || s.IsEnding || s.IsOpening => Decision.Nothing,
        JobState.Running when m.Pending == 0 => JobEnd.Begin(s with { Start = m.Start }, JobState.Completed, null, now),
        JobState.Running => Become(s with { Phase = JobPhase.Running, Start = m.Start }, new Effect.Tell(new DomainProtocol.Wake(m.Start))),
        JobState.Parked => Become(s with { Phase = JobPhase.Parked, Start = m.Start, ResumeAt = m.ResumeAt }, new Effect.WakeAt(m.ResumeAt ?? now)),
        JobState.Finishing when m.Outcome == JobState.Running => JobRetry.Begin(s with { Start = m.Start }),
        JobState.Finishing => JobEnd.Begin(s with { Start = m.Start }, JobState.Completed, null, now),
        _ => Decision.Nothing,
    };

    private static Decision Park(JobLife s, JobProtocol.Park m, DateTimeOffset now) => Become(
        s with { Phase = JobPhase.Parked, ResumeAt = m.Until },
        Write(new WriterProtocol.SetJobState(s.Id, JobState.Parked, m.Reason, m.Until, now)),
        new Effect.WakeAt(m.Until));

    private static Decision Resume(JobLife s, DateTimeOffset now)
    {
        var effects = ImmutableArray.CreateBuilder<Effect>();
        effects.Add(Write(new WriterProtocol.SetJobState(s.Id, JobState.Running, null, null, now)));
        if (s.Start is { } start) effects.Add(new Effect.Tell(new DomainProtocol.Wake(start)));
        return new Decision([new Became(s with { Phase = JobPhase.Running, ResumeAt = null })], effects.ToImmutable());
    }

    // A running job's read of its domains is only a shortcut: the waker finds them too.
    private static Decision Fail(JobLife s, WorkFailed m, DateTimeOffset now) =>
        m.Work is JobWork.Write || !s.IsEnding && !s.IsOpening ? Decision.Nothing : Become(s with { ReadsAgain = true }, new Effect.WakeAt(now + _again));

    private static Decision ReadAgain(JobLife s) => s.Phase switch
    {
        JobPhase.Dropping => Become(s, new Effect.Start(new JobWork.LoadOpenDomains(s.Id))),
        JobPhase.Draining => JobEnd.NextSlice(s),
        JobPhase.Reporting => Become(s, new Effect.Start(new JobWork.WriteReport(s.Id))),
        JobPhase.Reopening => JobRetry.NextSlice(s),
        _ => Become(s),
    };

    private sealed record Became(JobLife Life) : IEvent;
}
