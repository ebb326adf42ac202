using System.Collections.Immutable;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Behaviours.Jobs;

public enum JobPhase { Unknown, Running, Parked, Finishing, Ending, Ended }

/// <param name="Outcome">How it will end, once the report is read.</param>
public sealed record JobLife(JobId Id, JobPhase Phase, DateTimeOffset? ResumeAt, DomainName? Start, JobState Outcome, string? Reason);

/// <summary>Work that a job begins, and what comes back.</summary>
public static class JobWork
{
    public sealed record Write(WriterProtocol.ICommand Command) : IWork;

    /// <summary>Comes back as <see cref="EndingLoaded"/>.</summary>
    public sealed record LoadEnding(JobId Job) : IWork;
    public sealed record EndingLoaded(JobEnding Ending);
}

/// <summary>
/// One job's life: running ⇄ parked; running → finishing → completed, blocked, failed or cancelled. It ends as completed exactly when a
/// commit left nothing pending; as blocked when a domain gives up (P-13+); it parks when the site asks to stay away for more than a day
/// (P-12+) and runs again at that instant. A job whose start URL was never answered has failed, with the reason.
/// </summary>
public sealed class JobBehaviour : IBehaviour<JobLife>
{
    /// <summary>After a read of the store failed, it is tried again this much later.</summary>
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    public JobLife Born(string key) => new(new JobId(long.Parse(key, System.Globalization.CultureInfo.InvariantCulture)), JobPhase.Unknown, null, null, JobState.Completed, null);

    public JobLife Apply(JobLife state, IEvent happened) => happened is Became became
        ? became.Life
        : throw new InvalidOperationException($"No transition for {happened.GetType().Name}.");

    public Decision Decide(JobLife s, object message, DateTimeOffset now) => message switch
    {
        JobProtocol.TakeUp m => TakeUp(s, m, now),
        JobProtocol.PendingReachedZero when s.Phase is JobPhase.Running or JobPhase.Parked => Finish(s, JobState.Completed, null, now),
        JobProtocol.GiveUp m when s.Phase is JobPhase.Running or JobPhase.Parked => Finish(s, JobState.Blocked, m.Reason, now),
        JobProtocol.Cancel when s.Phase is JobPhase.Running or JobPhase.Parked => Finish(s, JobState.Cancelled, "Cancelled by request.", now),
        JobProtocol.Park m when s.Phase == JobPhase.Running => Park(s, m, now),
        WakeUp when s.Phase == JobPhase.Parked && s.ResumeAt <= now => Resume(s, now),
        WakeUp when s.Phase == JobPhase.Finishing => Become(s, new Effect.Start(new JobWork.LoadEnding(s.Id))),
        WriterProtocol.JobStateSet { State: JobState.Finishing } when s.Phase == JobPhase.Finishing => Become(s, new Effect.Start(new JobWork.LoadEnding(s.Id))),
        JobWork.EndingLoaded m when s.Phase == JobPhase.Finishing => End(s, m.Ending, now),
        WorkFailed { Work: JobWork.LoadEnding } when s.Phase == JobPhase.Finishing => Become(s, new Effect.WakeAt(now + _again)),
        WriterProtocol.JobEnded m => Become(s with { Phase = JobPhase.Ended }, [.. m.Domains.Select(d => new Effect.Tell(new DomainProtocol.DropJob(d, s.Id))), new Effect.Sleep()]),
        WriterProtocol.Rejected m => throw new InvalidOperationException($"The writer cannot store {m.Command.GetType().Name}: {m.Reason}"),
        // Whoever speaks to a job that is not alive, or no longer, does not keep it in memory.
        _ => s.Phase is JobPhase.Unknown or JobPhase.Ended ? new Decision([], [new Effect.Sleep()]) : Decision.Nothing,
    };

    private static Decision TakeUp(JobLife s, JobProtocol.TakeUp m, DateTimeOffset now) => m.State switch
    {
        // Told twice, or while it ends: once is enough.
        _ when s.Phase is JobPhase.Running or JobPhase.Finishing or JobPhase.Ending => Decision.Nothing,
        JobState.Running when m.Pending == 0 => Finish(s with { Start = m.Start }, JobState.Completed, null, now),
        JobState.Running => Become(s with { Phase = JobPhase.Running, Start = m.Start }, new Effect.Tell(new DomainProtocol.Wake(m.Start))),
        JobState.Parked => Become(s with { Phase = JobPhase.Parked, Start = m.Start, ResumeAt = m.ResumeAt }, new Effect.WakeAt(m.ResumeAt ?? now)),
        JobState.Finishing => Finish(s with { Start = m.Start }, JobState.Completed, null, now),
        _ => Decision.Nothing,
    };

    // Only a job with nothing left to do is stored as finishing: taken up after a crash, it can but complete. The other outcomes are
    // decided anew if a crash comes before their end is stored.
    private static Decision Finish(JobLife s, JobState outcome, string? reason, DateTimeOffset now) => Become(
        s with { Phase = JobPhase.Finishing, Outcome = outcome, Reason = reason },
        outcome == JobState.Completed
            ? new Effect.Start(new JobWork.Write(new WriterProtocol.SetJobState(s.Id, JobState.Finishing, null, null, now)))
            : new Effect.Start(new JobWork.LoadEnding(s.Id)));

    private static Decision Park(JobLife s, JobProtocol.Park m, DateTimeOffset now) => Become(
        s with { Phase = JobPhase.Parked, ResumeAt = m.Until },
        new Effect.Start(new JobWork.Write(new WriterProtocol.SetJobState(s.Id, JobState.Parked, m.Reason, m.Until, now))),
        new Effect.WakeAt(m.Until));

    private static Decision Resume(JobLife s, DateTimeOffset now)
    {
        var effects = ImmutableArray.CreateBuilder<Effect>();
        effects.Add(new Effect.Start(new JobWork.Write(new WriterProtocol.SetJobState(s.Id, JobState.Running, null, null, now))));
        if (s.Start is { } start) effects.Add(new Effect.Tell(new DomainProtocol.Wake(start)));
        return new Decision([new Became(s with { Phase = JobPhase.Running, ResumeAt = null })], effects.ToImmutable());
    }

    private static Decision End(JobLife s, JobEnding ending, DateTimeOffset now)
    {
        var failed = s.Outcome == JobState.Completed && ending.StartProblem is not null;
        var outcome = failed ? JobState.Failed : s.Outcome;
        var reason = failed ? ending.StartProblem : s.Reason;
        return Become(s with { Phase = JobPhase.Ending }, new Effect.Start(new JobWork.Write(new WriterProtocol.EndJob(s.Id, outcome, reason, ending.BrokenSources, now))));
    }

    private static Decision Become(JobLife next, params Effect[] effects) => new([new Became(next)], [.. effects]);

    private sealed record Became(JobLife Life) : IEvent;
}
