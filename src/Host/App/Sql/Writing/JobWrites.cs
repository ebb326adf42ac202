using System.Text.Json;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>A job's life: created, parked and running again, ended, opened again.</summary>
internal sealed class JobWrites(TurnRows rows, LinkWrites links)
{
    private const string SelectSame =
        """
        SELECT id FROM jobs WHERE start_url = ? AND created_at = ? AND max_pages IS ? AND max_depth IS ? AND include = ? AND exclude = ?
            AND concurrency = ? AND unpaced = ? AND warm = ?
        """;

    private const string InsertJob =
        """
        INSERT INTO jobs (start_url, created_at, max_pages, max_depth, include, exclude, concurrency, unpaced, warm, start_host)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string OpenDomains =
        "SELECT name, id FROM domains WHERE id IN (SELECT domain_id FROM frontier WHERE job_id = ? AND state = 0) ORDER BY name";

    private const string UnknownDomains =
        "SELECT name, id FROM domains WHERE id IN (SELECT domain_id FROM frontier WHERE job_id = ? AND state = 1 AND class = 4) ORDER BY name";

    private const string VisitOpenPages =
        """
        INSERT INTO visits (job_id, page_id, class, status, started_at, milliseconds, bytes, tries, error)
        SELECT job_id, page_id, 4, NULL, ?, 0, 0, tries, 'The job ended before this was answered.'
        FROM frontier WHERE job_id = ? AND state = 0 AND kind = 0 AND warm = 0
        """;

    // What waits for its second visit only has its first one, which was good.
    private const string EndOpenUnits = "UPDATE frontier SET state = 1, class = iif(warm, 0, 4) WHERE job_id = ? AND state = 0";

    private const string InsertSource =
        """
        INSERT INTO broken_sources (job_id, target_page, source_page, anchor) VALUES (?, ?, ?, ?)
        ON CONFLICT (job_id, target_page, source_page) DO NOTHING
        """;

    private const string RetriedDomains =
        """
        SELECT name, id FROM domains
        WHERE id IN (SELECT domain_id FROM frontier WHERE job_id = ? AND state = 1 AND class IN (2, 3, 4)) ORDER BY name
        """;

    private const string RetriedSums = "SELECT class, count(*), sum(bytes) FROM visits WHERE job_id = ? AND class <> 0 AND class IN (2, 3, 4) GROUP BY class";

    private const string DeleteDetails =
        "DELETE FROM details WHERE visit_id IN (SELECT id FROM visits WHERE job_id = ? AND class <> 0 AND class IN (2, 3, 4))";

    private const string DeleteVisits = "DELETE FROM visits WHERE job_id = ? AND class <> 0 AND class IN (2, 3, 4)";

    private const string OpenAgain =
        """
        UPDATE frontier SET state = 0, class = NULL, throttles = 0, errors = 0, last_refused_at = NULL, due_at = ?
        WHERE job_id = ? AND state = 1 AND class IN (2, 3, 4)
        """;

    private const string DeleteReport = "DELETE FROM broken_sources WHERE job_id = ?";

    /// <summary>The same wish at the same instant is the same job: a command of unknown outcome that comes again.</summary>
    public JobCreated Create(CreateJob command)
    {
        var asked = command.Job;
        var known = BindAsked(rows.Database[SelectSame], command).Single();
        if (known is null)
        {
            BindAsked(rows.Database[InsertJob], command).Bind(asked.Start.Host).Run();
            var job = rows.Jobs.Find(new JobId(rows.Database.LastId))!;
            links.Open(job, asked.Start, UnitKind.Page, command.At);
            links.Open(job, asked.Start.Robots, UnitKind.Robots, command.At);
            known = job.Id.Value;
        }
        return new JobCreated(new JobSpec(new JobId(known.Value), asked), asked.Start.Domain);
    }

    public JobStateSet Set(SetJobState command)
    {
        if (rows.Jobs.Find(command.Job) is not { } job) return new JobStateSet(command.Job, command.State);
        if (!job.HasEnded)
        {
            job.State = command.State;
            job.Reason = command.Reason;
            job.ResumeAt = StoredTime.Milliseconds(command.ResumeAt);
            job.IsChanged = true;
        }
        return new JobStateSet(command.Job, job.State);
    }

    public JobEnded End(EndJob command)
    {
        if (rows.Jobs.Find(command.Job) is not { } job) return new JobEnded(command.Job, command.Outcome, []);
        if (job.HasEnded) return new JobEnded(job.Id, job.State, Names(UnknownDomains, job.Id));

        var at = StoredTime.Milliseconds(command.At);
        IReadOnlyList<DomainName> domains = [];
        if (job.Pending > 0)
        {
            domains = Names(OpenDomains, job.Id, rows.Domains.Lose);
            job.Visits[(int)StatusClass.Unknown] += rows.Database[VisitOpenPages].Bind(at).Bind(job.Id.Value).Run();
            rows.Database[EndOpenUnits].Bind(job.Id.Value).Run();
            job.Pending = 0;
        }
        foreach (var source in command.BrokenSources)
            rows.Database[InsertSource].Bind(job.Id.Value).Bind(source.Target.Value).Bind(source.Source.Value).Bind(source.Anchor).Run();

        job.State = command.Outcome;
        job.Reason = command.Reason;
        job.ResumeAt = null;
        job.EndedAt = at;
        job.IsChanged = true;
        return new JobEnded(job.Id, job.State, domains);
    }

    public JobRetried Retry(RetryJob command)
    {
        if (rows.Jobs.Find(command.Job) is not { } job) return new JobRetried(command.Job, 0, []);

        var id = job.Id.Value;
        var due = StoredTime.Milliseconds(command.At);
        var domains = Names(RetriedDomains, job.Id);
        var sums = rows.Database[RetriedSums].Bind(id);
        while (sums.Step())
        {
            job.Visits[sums.Number(0)] -= sums.Integer(1);
            job.Bytes -= sums.Integer(2);
        }
        rows.Database[DeleteDetails].Bind(id).Run();
        rows.Database[DeleteVisits].Bind(id).Run();
        var opened = rows.Database[OpenAgain].Bind(due).Bind(id).Run();
        if (opened == 0) return new JobRetried(job.Id, job.Pending, []);

        rows.Database[DeleteReport].Bind(id).Run();
        foreach (var name in domains) rows.Domains.Of(name).Gain(due);
        job.Pending += opened;
        job.State = JobState.Running;
        job.Reason = null;
        job.ResumeAt = null;
        job.EndedAt = null;
        job.IsChanged = true;
        return new JobRetried(job.Id, job.Pending, domains);
    }

    private IReadOnlyList<DomainName> Names(string sql, JobId job, Action<long>? each = null)
    {
        var names = new List<DomainName>();
        var found = rows.Database[sql].Bind(job.Value);
        while (found.Step())
        {
            names.Add(DomainName.FromStored(found.Text(0)));
            each?.Invoke(found.Integer(1));
        }
        return names;
    }

    private static Statement BindAsked(Statement statement, CreateJob command)
    {
        var asked = command.Job;
        return statement
            .Bind(asked.Start.Text).Bind(StoredTime.Milliseconds(command.At)).Bind((long?)asked.Limits.MaxPages).Bind((long?)asked.Limits.MaxDepth)
            .Bind(JsonSerializer.Serialize(asked.Limits.Include)).Bind(JsonSerializer.Serialize(asked.Limits.Exclude))
            .Bind(asked.Concurrency).Bind(asked.Unpaced).Bind(asked.Warm);
    }
}
