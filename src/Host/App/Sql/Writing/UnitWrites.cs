using Amble.App.Sql.Reading;
using Amble.Behaviours.Jobs;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>Ends units and puts them off. Only an open unit can be ended, so a repeated command changes nothing.</summary>
internal sealed class UnitWrites(TurnRows rows, RequestWrites requests)
{
    private readonly VisitRows _visits = new(rows.Database);

    private const string EndUnit = "UPDATE frontier SET state = 1, class = ? WHERE job_id = ? AND page_id = ? AND kind <> 2 AND state = 0 AND warm = 0 RETURNING depth";

    // Its visit is stored; it goes to the back of its domain's line for the second one.
    private const string OpenForWarm =
        """
        UPDATE frontier SET warm = 1, due_at = ?, throttles = 0, errors = 0, last_refused_at = NULL
        WHERE job_id = ? AND page_id = ? AND kind = 0 AND state = 0 AND warm = 0 RETURNING depth
        """;

    private const string EndWarm = "UPDATE frontier SET state = 1, class = 0 WHERE job_id = ? AND page_id = ? AND state = 0 AND warm = 1";

    private const string DescribeWarm =
        "UPDATE visits SET warm_cache = ?, warm_status = ?, warm_milliseconds = ? WHERE job_id = ? AND page_id = ?";

    // Read by PageListReads; a visit that was ok, as these are, does not go before its job.
    private const string InsertIssue = "INSERT INTO visit_order (job_id, sort, class, value, page_id) VALUES (?, ?, 0, 0, ?)";

    // What is open for its second visit has been asked for, whatever keeps it out now.
    private const string CloseUnit =
        """
        UPDATE frontier SET state = CASE WHEN warm = 1 THEN 1 ELSE ? END, exclusion = CASE WHEN warm = 1 THEN NULL ELSE ? END,
               class = CASE WHEN warm = 1 THEN 0 ELSE class END
        WHERE job_id = ? AND page_id = ? AND state = 0 RETURNING kind, domain_id, warm
        """;

    private const string PutOff =
        """
        UPDATE frontier SET throttles = ?, errors = ?, due_at = ?, last_refused_at = ? WHERE job_id = ? AND page_id = ? AND state = 0
        """;

    public UnitClosed Close(CloseVisit command)
    {
        var visit = command.Visit;
        var domain = rows.Domains.Of(command.Memory.Name);
        domain.Remember(command.Memory, command.At);
        if (command.Request is { } request) requests.Append(request, domain);

        var job = rows.Jobs.Find(visit.Key.Job);
        // A job that is about to end asks for nothing more.
        var staysOpen = command.Warm && job is { TakesNoMore: false };
        var end = staysOpen ? rows.Database[OpenForWarm].Bind(StoredTime.Milliseconds(command.At)) : rows.Database[EndUnit].Bind((long)visit.Class);
        var depth = end.Bind(visit.Key.Job.Value).Bind(visit.Key.Page.Value).Single();
        if (job is null || depth is null) return new UnitClosed(visit.Key, job?.Pending ?? 0);

        _visits.Insert(visit);
        var summed = Summed(visit, (int)depth);
        rows.Sums.Count(job.Id, summed, 1);
        ListIssues(visit, summed);
        if (!staysOpen) job.Pending--;
        job.Visits[(int)visit.Class]++;
        job.Bytes += visit.Bytes;
        if (visit.NotModified) job.NotModified++;
        job.SavedBytes += visit.SavedBytes;
        job.IsChanged = true;
        return new UnitClosed(visit.Key, job.Pending);
    }

    public UnitClosed Close(CloseWarm command)
    {
        var key = command.Unit;
        var domain = rows.Domains.Of(command.Memory.Name);
        domain.Remember(command.Memory, command.At);
        if (command.Request is { } request) requests.Append(request, domain);

        var job = rows.Jobs.Find(key.Job);
        var wasOpen = rows.Database[EndWarm].Bind(key.Job.Value).Bind(key.Page.Value).Run() == 1;
        if (job is null || !wasOpen) return new UnitClosed(key, job?.Pending ?? 0);

        job.Pending--;
        job.IsChanged = true;
        if (command.Seen is { } seen)
        {
            rows.Database[DescribeWarm].Bind((long)seen.Cache).Bind(seen.Status).Bind(seen.Milliseconds).Bind(key.Job.Value).Bind(key.Page.Value).Put();
            job.Warmed++;
            if (seen.Cache == CacheStatus.Hit) job.WarmedHits++;
        }
        return new UnitClosed(key, job.Pending);
    }

    public UnitsClosed Close(CloseUnits command)
    {
        var job = rows.Jobs.Find(command.Job);
        foreach (var page in command.Pages)
        {
            var closed = rows.Database[CloseUnit]
                .Bind(command.Why is null ? 1 : 2).Bind((long?)command.Why).Bind(command.Job.Value).Bind(page.Value);
            if (job is null || !closed.Step()) continue;
            var kind = (UnitKind)closed.Number(0);
            var isVisited = closed.Flag(2);
            rows.Domains.Lose(closed.Integer(1));
            closed.End();
            job.Pending--;
            job.IsChanged = true;
            if (command.Why is null || isVisited) continue;
            job.Excluded++;
            if (kind == UnitKind.Page) job.Pages--;
        }
        return new UnitsClosed(command.Job, command.Pages, job?.Pending ?? 0);
    }

    public UnitDeferred Defer(DeferUnit command)
    {
        var unit = command.Unit;
        var domain = rows.Domains.Of(command.Memory.Name);
        domain.Remember(command.Memory, command.At);
        requests.Append(command.Request, domain);
        rows.Database[PutOff]
            .Bind(unit.Throttles).Bind(unit.Errors).Bind(StoredTime.Milliseconds(unit.DueAt)).Bind(StoredTime.Milliseconds(unit.LastRefusedAt))
            .Bind(unit.Key.Job.Value).Bind(unit.Key.Page.Value).Put();
        return new UnitDeferred(unit.Key);
    }

    private SummedVisit Summed(Visit visit, int depth)
    {
        var content = visit.Class != StatusClass.Ok
            ? null
            : new JudgedContent(visit.Canonical is null ? "" : rows.UrlOf(visit.Key.Page), visit.ContentType, visit.Title, visit.NoIndex, visit.Canonical, visit.Facts);
        return new SummedVisit(visit.Class, visit.Status, depth, visit.Milliseconds, visit.Cache, content);
    }

    private void ListIssues(Visit visit, SummedVisit summed)
    {
        if (summed.Content is not { } content) return;
        foreach (var issue in IssueRule.Judge(content, visit.Milliseconds))
            rows.Database[InsertIssue].Bind(visit.Key.Job.Value).Bind(PageListReads.FirstIssue + (long)issue).Bind(visit.Key.Page.Value).Put();
    }
}
