using Amble.Behaviours.Runtime;
using Amble.Messages;
using static Amble.Behaviours.Jobs.JobBehaviour;

namespace Amble.Behaviours.Jobs;

/// <summary>
/// How a job ends, in short turns of the writer. First it is stored that it ends and how, so that whatever dies from here on, it ends so.
/// Then its domains forget it, what is still open becomes unknown slice by slice, the report is written part by part, and the end is
/// stored. Each step may be done twice: a job that is taken up in the middle begins with the first again.
/// </summary>
internal static class JobEnd
{
    public static Decision Begin(JobLife s, JobState outcome, string? reason, DateTimeOffset now) => Become(
        s with { Phase = JobPhase.Finishing, Outcome = outcome, Reason = reason, After = null, ReadsAgain = false },
        Write(new WriterProtocol.BeginEnd(s.Id, outcome, reason, now)));

    public static Decision Decide(JobLife s, object message, DateTimeOffset now) => (s.Phase, message) switch
    {
        (JobPhase.Finishing, WriterProtocol.EndBegun { Pending: 0 } m) => Report(s with { Outcome = m.Outcome, Reason = m.Reason }),
        (JobPhase.Finishing, WriterProtocol.EndBegun m) =>
            Become(s with { Phase = JobPhase.Dropping, Outcome = m.Outcome, Reason = m.Reason }, new Effect.Start(new JobWork.LoadOpenDomains(s.Id))),
        (JobPhase.Dropping, JobWork.OpenDomainsLoaded m) => Drain(s, m.Domains),
        (JobPhase.Draining, JobWork.UnitsLoaded { Pages: [] }) => Report(s),
        (JobPhase.Draining, JobWork.UnitsLoaded m) => Become(s with { After = m.Pages[^1] }, Write(new WriterProtocol.EndUnits(s.Id, m.Pages, now))),
        (JobPhase.Draining, WriterProtocol.UnitsEnded) => NextSlice(s),
        (JobPhase.Reporting, JobWork.ReportWritten m) => WriteEnd(s, m.StartProblem, now),
        (JobPhase.Ending, WriterProtocol.EndBegun) => Drain(s, []),
        _ => Decision.Nothing,
    };

    public static Decision NextSlice(JobLife s) => Become(s, new Effect.Start(new JobWork.LoadOpenUnits(s.Id, s.After, WriterProtocol.MostEnded)));

    public static Decision End(JobLife s) => Become(
        s with { Phase = JobPhase.Ended, Later = null, ReadsAgain = false },
        s is { IsEnding: true, Later: JobProtocol.Retry retry } ? new Effect.Tell(retry) : new Effect.Sleep());

    private static Decision Drain(JobLife s, IReadOnlyList<DomainName> domains) => Become(
        s with { Phase = JobPhase.Draining, After = null },
        [
            .. domains.Select(domain => new Effect.Tell(new DomainProtocol.DropJob(domain, s.Id))),
            new Effect.Start(new JobWork.LoadOpenUnits(s.Id, null, WriterProtocol.MostEnded)),
        ]);

    private static Decision Report(JobLife s) => Become(s with { Phase = JobPhase.Reporting }, new Effect.Start(new JobWork.WriteReport(s.Id)));

    private static Decision WriteEnd(JobLife s, string? startProblem, DateTimeOffset now)
    {
        var failed = s.Outcome == JobState.Completed && startProblem is not null;
        return Become(
            s with { Phase = JobPhase.Ending },
            Write(new WriterProtocol.EndJob(s.Id, failed ? JobState.Failed : s.Outcome, failed ? startProblem : s.Reason, now)));
    }
}
