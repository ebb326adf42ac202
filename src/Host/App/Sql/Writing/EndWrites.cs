using Amble.Behaviours.Jobs;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>A job's end, in commands of which none touches more rows than it names. Every one may come twice.</summary>
internal sealed class EndWrites(TurnRows rows)
{
    // A page of a warm job may wait for its second visit: it has its first one, and keeps it.
    private const string VisitOpenPage =
        """
        INSERT INTO visits (job_id, page_id, class, status, started_at, milliseconds, bytes, tries, error)
        SELECT job_id, page_id, 4, NULL, ?, 0, 0, tries, 'The job ended before this was answered.'
        FROM frontier WHERE job_id = ? AND page_id = ? AND state = 0 AND kind = 0
        ON CONFLICT (job_id, page_id) DO NOTHING
        """;

    private const string EndOpenUnit =
        """
        UPDATE frontier SET state = 1, class = coalesce((SELECT v.class FROM visits v WHERE v.job_id = frontier.job_id AND v.page_id = frontier.page_id), 4)
        WHERE job_id = ? AND page_id = ? AND state = 0 RETURNING domain_id, depth
        """;

    public IReply Begin(BeginEnd command)
    {
        if (rows.Jobs.Find(command.Job) is not { } job) return new JobEnded(command.Job, command.Outcome);
        if (job.HasEnded) return new JobEnded(job.Id, job.State);
        if (job.State != JobState.Finishing)
        {
            job.State = JobState.Finishing;
            job.Outcome = command.Outcome;
            job.Reason = command.Reason;
            job.ResumeAt = null;
            job.IsChanged = true;
        }
        return Begun(job);
    }

    public UnitsEnded End(EndUnits command)
    {
        if (rows.Jobs.Find(command.Job) is not { State: JobState.Finishing } job) return new UnitsEnded(command.Job, 0);
        rows.LetGo();
        foreach (var page in command.Pages) End(job, page, command.At);
        return new UnitsEnded(job.Id, job.Pending);
    }

    /// <summary>Ends one unit of a finishing job as unknown, if it is open.</summary>
    public void End(JobRow job, PageId page, DateTimeOffset at)
    {
        var isNew = rows.Database[VisitOpenPage].Bind(StoredTime.Milliseconds(at)).Bind(job.Id.Value).Bind(page.Value).Run() == 1;
        var ended = rows.Database[EndOpenUnit].Bind(job.Id.Value).Bind(page.Value);
        if (!ended.Step()) return;
        rows.Domains.Lose(ended.Integer(0));
        var depth = ended.Number(1);
        ended.End();
        job.Pending--;
        job.IsChanged = true;
        if (!isNew) return;
        job.Count(StatusClass.Unknown, 1);
        rows.Sums.Count(job.Id, new SummedVisit(StatusClass.Unknown, null, depth, 0, CacheStatus.Unsaid, null), 1);
    }

    public IReply End(EndJob command)
    {
        if (rows.Jobs.Find(command.Job) is not { } job) return new JobEnded(command.Job, command.Outcome);
        if (job.HasEnded) return new JobEnded(job.Id, job.State);
        if (job.Pending > 0) return Begun(job);
        job.State = command.Outcome;
        job.Outcome = null;
        job.Reason = command.Reason;
        job.ResumeAt = null;
        job.EndedAt = StoredTime.Milliseconds(command.At);
        job.IsReported = true;
        job.IsChanged = true;
        return new JobEnded(job.Id, job.State);
    }

    // A job that was finishing before it was stored how, could but complete.
    private static EndBegun Begun(JobRow job) => new(job.Id, job.Outcome ?? JobState.Completed, job.Reason, job.Pending);
}
