using Amble.Behaviours.Runtime;
using Amble.Messages;
using static Amble.Behaviours.Jobs.JobBehaviour;

namespace Amble.Behaviours.Jobs;

/// <summary>
/// How a job is opened again, in short turns of the writer: what ended refused, broken or unknown becomes open slice by slice, its report
/// goes, and it runs. Until then none of its units is given out, so that nobody sees a half of it; a job that is taken up in the middle
/// goes on where it stood. A job with nothing to open stays as it is.
/// </summary>
internal static class JobRetry
{
    public static Decision Begin(JobLife s) => NextSlice(s with { Phase = JobPhase.Reopening, After = null, ReadsAgain = false });

    public static Decision Decide(JobLife s, object message, DateTimeOffset now) => (s.Phase, message) switch
    {
        (JobPhase.Reopening, JobWork.UnitsLoaded { Pages: [] }) => Become(s with { Phase = JobPhase.Clearing }, Write(new WriterProtocol.DropReport(s.Id))),
        (JobPhase.Reopening, JobWork.UnitsLoaded m) => Become(s with { After = m.Pages[^1] }, Write(new WriterProtocol.ReopenUnits(s.Id, m.Pages, now))),
        (JobPhase.Reopening, WriterProtocol.UnitsReopened) => NextSlice(s),
        (JobPhase.Clearing, WriterProtocol.ReportDropped { HasMore: true }) => Become(s, Write(new WriterProtocol.DropReport(s.Id))),
        (JobPhase.Clearing, WriterProtocol.ReportDropped) => Become(s with { Phase = JobPhase.Resuming }, Write(new WriterProtocol.EndRetry(s.Id, now))),
        (JobPhase.Resuming, WriterProtocol.JobRetried m) => GoOn(s, m, now),
        _ => Decision.Nothing,
    };

    public static Decision NextSlice(JobLife s) => Become(s, new Effect.Start(new JobWork.LoadRetryUnits(s.Id, s.After, WriterProtocol.MostReopened)));

    private static Decision GoOn(JobLife s, WriterProtocol.JobRetried m, DateTimeOffset now)
    {
        var next = s with { Later = null };
        Effect[] later = s.Later is { } said ? [new Effect.Tell(said)] : [];
        return m.State switch
        {
            _ when m.Pending is null => Become(next with { Phase = JobPhase.Ended }, new Effect.Sleep()),
            JobState.Running when m.Pending == 0 => JobEnd.Begin(next, JobState.Completed, null, now),
            JobState.Running => Become(next with { Phase = JobPhase.Running, ResumeAt = null }, [new Effect.Start(new JobWork.LoadOpenDomains(s.Id)), .. later]),
            JobState.Parked when s.ResumeAt is { } resumeAt => Become(next with { Phase = JobPhase.Parked }, [new Effect.WakeAt(resumeAt), .. later]),
            // Its end was under way when somebody died; it goes on as it was stored.
            JobState.Finishing => JobEnd.Begin(next, JobState.Completed, null, now),
            // It has ended, or nobody here had taken it up.
            _ => Become(next with { Phase = JobPhase.Ended }, new Effect.Sleep()),
        };
    }
}
