using Amble.App.Sql.Reading;
using Amble.Behaviours.Jobs;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>Ends units and puts them off. Only an open unit can be ended, so a repeated command changes nothing.</summary>
internal sealed class UnitWrites(TurnRows rows, RequestWrites requests)
{
    private const string DescribeWarm =
        "UPDATE visits SET warm_cache = ?, warm_status = ?, warm_milliseconds = ? WHERE job_id = ? AND page_id = ?";

    // Read by PageListReads; a visit that was ok, as these are, does not go before its job.
    private const string InsertIssue = "INSERT INTO visit_order (job_id, sort, class, value, page_id) VALUES (?, ?, 0, 0, ?)";

    public UnitClosed Close(CloseVisit command)
    {
        var visit = command.Visit;
        var domain = rows.Domains.Of(command.Memory.Name);
        domain.Remember(command.Memory, command.At);
        if (command.Request is { } request) requests.Append(request, domain);

        var job = rows.Jobs.Find(visit.Key.Job);
        // A job that is about to end asks for nothing more.
        var staysOpen = command.Warm && job is { TakesNoMore: false };
        var depth = staysOpen ? rows.Units.OpenForWarm(visit.Key, StoredTime.Milliseconds(command.At)) : rows.Units.End(visit.Key, visit.Class);
        if (job is null || depth is null) return new UnitClosed(visit.Key, job?.Pending ?? 0);

        rows.Visits.Insert(visit, command.At);
        var summed = Summed(visit, depth.Value);
        rows.Sums.Count(job.Id, summed, 1);
        ListIssues(visit, summed);
        if (!staysOpen) job.Pending--;
        job.Count(visit.Class, 1);
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
        var wasOpen = rows.Units.EndWarm(key);
        if (job is null || !wasOpen) return new UnitClosed(key, job?.Pending ?? 0);

        job.Pending--;
        job.IsChanged = true;
        if (command.Seen is { } seen)
        {
            // Its first one may be of this very turn.
            rows.Visits.Flush();
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
            if (rows.Units.Close(new UnitKey(command.Job, page), command.Why) is not { } closed || job is null) continue;
            rows.Domains.Lose(closed.Domain);
            job.Pending--;
            job.IsChanged = true;
            if (command.Why is null || closed.WasVisited) continue;
            job.Excluded++;
            if (closed.Kind == UnitKind.Page) job.Pages--;
        }
        return new UnitsClosed(command.Job, command.Pages, job?.Pending ?? 0);
    }

    public UnitDeferred Defer(DeferUnit command)
    {
        var unit = command.Unit;
        var domain = rows.Domains.Of(command.Memory.Name);
        domain.Remember(command.Memory, command.At);
        requests.Append(command.Request, domain);
        rows.Units.PutOff(unit);
        return new UnitDeferred(unit.Key);
    }

    private SummedVisit Summed(Visit visit, int depth)
    {
        var content = visit.Class != StatusClass.Ok
            ? null
            : new JudgedContent(visit.Canonical is null ? "" : rows.Units.UrlOf(visit.Key.Page), visit.ContentType, visit.Title, visit.NoIndex, visit.Canonical, visit.Facts);
        return new SummedVisit(visit.Class, visit.Status, depth, visit.Milliseconds, visit.Cache, content);
    }

    private void ListIssues(Visit visit, SummedVisit summed)
    {
        if (summed.Content is not { } content) return;
        foreach (var issue in IssueRule.Judge(content, visit.Milliseconds))
            rows.Database[InsertIssue].Bind(visit.Key.Job.Value).Bind(PageListReads.FirstIssue + (long)issue).Bind(visit.Key.Page.Value).Put();
    }
}
