using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Appends what was sent (P-17+: every request counts), each once however often its command comes, and also when its unit is not open
/// any more. A job's sums follow from the rows.
/// </summary>
internal sealed class RequestWrites(TurnRows rows)
{
    public void Append(RequestMade request, DomainRow domain)
    {
        if (!rows.Units.AddRequest(request, domain) || rows.Jobs.Find(request.Job) is not { } job) return;

        // From the microseconds that the row has, so that the sums follow from the rows exactly.
        var start = (StoredTime.Microseconds(request.StartedAt) + 999) / 1000;
        var end = start + request.Milliseconds;
        job.Requests++;
        if (request.Status is 429 or 503) job.Throttled++;
        // A second visit is no retry of the first.
        if (request.Page is { } page && rows.Units.CountTry(new UnitKey(request.Job, page), request.Kind == RequestKind.Warm) > 1) job.Retries++;
        job.FirstRequestAt = job.FirstRequestAt is { } first ? Math.Min(first, start) : start;
        job.LastRequestEndAt = job.LastRequestEndAt is { } last ? Math.Max(last, end) : end;
        job.IsChanged = true;
    }
}
