using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Appends what was sent (P-17+: every request counts), each once however often its command comes, and also when its unit is not open
/// any more. A job's sums follow from the rows.
/// </summary>
internal sealed class RequestWrites(TurnRows rows)
{
    private const string Insert =
        """
        INSERT INTO requests (domain_id, started_us, job_id, page_id, kind, status, milliseconds) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (domain_id, started_us, job_id, page_id, kind) DO NOTHING
        """;

    private const string CountTry = "UPDATE frontier SET tries = tries + 1 WHERE job_id = ? AND page_id = ? RETURNING tries";
    private const string CountWarmTry = "UPDATE frontier SET warm_tries = warm_tries + 1 WHERE job_id = ? AND page_id = ? RETURNING warm_tries";

    public void Append(RequestMade request, DomainRow domain)
    {
        var started = StoredTime.Microseconds(request.StartedAt);
        var isNew = rows.Database[Insert]
            .Bind(domain.Id).Bind(started).Bind(request.Job.Value).Bind(request.Page?.Value ?? 0)
            .Bind((long)request.Kind).Bind(request.Status).Bind(request.Milliseconds).Run() == 1;
        if (!isNew || rows.Jobs.Find(request.Job) is not { } job) return;

        // From the microseconds that the row has, so that the sums follow from the rows exactly.
        var start = (started + 999) / 1000;
        var end = start + request.Milliseconds;
        job.Requests++;
        if (request.Status is 429 or 503) job.Throttled++;
        // A second visit is no retry of the first.
        var count = request.Kind == RequestKind.Warm ? CountWarmTry : CountTry;
        if (request.Page is { } page && rows.Database[count].Bind(request.Job.Value).Bind(page.Value).Single() > 1) job.Retries++;
        job.FirstRequestAt = job.FirstRequestAt is { } first ? Math.Min(first, start) : start;
        job.LastRequestEndAt = job.LastRequestEndAt is { } last ? Math.Max(last, end) : end;
        job.IsChanged = true;
    }
}
