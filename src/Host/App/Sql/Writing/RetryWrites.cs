using Amble.App.Sql.Periods;
using Amble.Behaviours.Jobs;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Opens a job again, in commands of which none touches more rows than it names. Until the last of them the job is finishing with the
/// outcome running: whoever takes it up goes on with that. Every one may come twice.
/// </summary>
internal sealed class RetryWrites(TurnRows rows)
{
    private const string DeleteVisit =
        "DELETE FROM visits WHERE job_id = ? AND page_id = ? AND class IN (2, 3, 4) RETURNING id, class, status, bytes, period";

    private const string DeleteDetails = "DELETE FROM details WHERE visit_id = ?";
    private const string DeleteDetailsOnPostgres = "DELETE FROM details_before WHERE visit_id = ?";

    private const string OpenAgain =
        """
        UPDATE frontier SET state = 0, class = NULL, throttles = 0, errors = 0, last_refused_at = NULL, due_at = ?
        WHERE job_id = ? AND page_id = ? AND state = 1 AND class IN (2, 3, 4) RETURNING domain_id, depth
        """;

    private const string DomainName = "SELECT name FROM domains WHERE id = ?";

    // Who asks again on purpose has the whole time before it may give up (P-13+).
    private const string BeginAnew = "UPDATE domains SET barren_since = NULL WHERE id = ? AND barren_since IS NOT NULL";

    public UnitsReopened Reopen(ReopenUnits command)
    {
        if (rows.Jobs.Find(command.Job) is not { } job) return new UnitsReopened(command.Job, 0);
        rows.LetGo();
        var due = StoredTime.Milliseconds(command.At);
        foreach (var page in command.Pages)
        {
            var opened = rows.Database[OpenAgain].Bind(due).Bind(job.Id.Value).Bind(page.Value);
            if (!opened.Step()) continue;
            var (domain, depth) = (opened.Integer(0), opened.Number(1));
            opened.End();
            Gain(domain, due);
            DropVisit(job, page, depth);
            job.Pending++;
            job.State = JobState.Finishing;
            job.Outcome = JobState.Running;
            job.IsReported = false;
            job.IsChanged = true;
        }
        return new UnitsReopened(job.Id, job.Pending);
    }

    public JobRetried End(EndRetry command)
    {
        if (rows.Jobs.Find(command.Job) is not { } job) return new JobRetried(command.Job, null, JobState.Running);
        if (job.IsOpening)
        {
            job.State = JobState.Running;
            job.Outcome = null;
            job.Reason = null;
            job.ResumeAt = null;
            job.EndedAt = null;
            job.IsChanged = true;
        }
        return new JobRetried(job.Id, job.Pending, job.State);
    }

    private void DropVisit(JobRow job, PageId page, int depth)
    {
        var visit = rows.Database[DeleteVisit].Bind(job.Id.Value).Bind(page.Value);
        if (!visit.Step()) return;
        var (id, of, status, bytes) = (visit.Integer(0), (StatusClass)visit.Number(1), (int?)visit.MaybeInteger(2), visit.Integer(3));
        var period = visit.MaybeInteger(4);
        visit.End();
        // In a period its details stay until that goes: nothing leads to them any more.
        if (period is { } number) rows.Periods.Went(new Period(PeriodFamily.Details, number), 1);
        else rows.Database[DeleteDetails, DeleteDetailsOnPostgres].Bind(id).Put();
        job.Count(of, -1);
        job.Bytes -= bytes;
        rows.Sums.Count(job.Id, new SummedVisit(of, status, depth, 0, CacheStatus.Unsaid, null), -1);
    }

    private void Gain(long domain, long due)
    {
        var found = rows.Database[DomainName].Bind(domain);
        found.Step();
        var name = found.Text(0);
        found.End();
        rows.Database[BeginAnew].Bind(domain).Put();
        rows.Domains.Of(Amble.Messages.DomainName.FromStored(name)).Gain(due);
    }
}
