using Amble.App.Sql.Reading;
using Amble.Behaviours.Jobs;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>Ends units and puts them off. Only an open unit can be ended, so a repeated command changes nothing.</summary>
internal sealed class UnitWrites(TurnRows rows, RequestWrites requests)
{
    private const string EndUnit = "UPDATE frontier SET state = 1, class = ? WHERE job_id = ? AND page_id = ? AND kind <> 2 AND state = 0 RETURNING depth";

    private const string InsertVisit =
        """
        INSERT INTO visits (job_id, page_id, class, status, started_at, milliseconds, bytes, tries, noindex, nofollow, content_type,
                            redirect_to, title, canonical, error)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string InsertDetails =
        """
        INSERT INTO details (visit_id, dns_us, connect_us, tls_us, first_byte_us, transfer_us, outlink_count, headers, outlinks)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string SetTitle = "UPDATE pages SET title = ? WHERE id = ? AND title IS NOT ?";

    // Read by PageListReads; a visit that was ok, as these are, does not go before its job.
    private const string InsertIssue = "INSERT INTO visit_order (job_id, sort, class, value, page_id) VALUES (?, ?, 0, 0, ?)";

    private const string CloseUnit =
        "UPDATE frontier SET state = ?, exclusion = ? WHERE job_id = ? AND page_id = ? AND state = 0 RETURNING kind, domain_id";

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
        var depth = rows.Database[EndUnit].Bind((long)visit.Class).Bind(visit.Key.Job.Value).Bind(visit.Key.Page.Value).Single();
        if (job is null || depth is null) return new UnitClosed(visit.Key, job?.Pending ?? 0);

        Insert(visit);
        var summed = Summed(visit, (int)depth);
        rows.Sums.Count(job.Id, summed, 1);
        ListIssues(visit, summed);
        job.Pending--;
        job.Visits[(int)visit.Class]++;
        job.Bytes += visit.Bytes;
        job.IsChanged = true;
        return new UnitClosed(visit.Key, job.Pending);
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
            rows.Domains.Lose(closed.Integer(1));
            closed.End();
            job.Pending--;
            job.IsChanged = true;
            if (command.Why is null) continue;
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
            .Bind(unit.Key.Job.Value).Bind(unit.Key.Page.Value).Run();
        return new UnitDeferred(unit.Key);
    }

    private void Insert(Visit visit)
    {
        rows.Database[InsertVisit]
            .Bind(visit.Key.Job.Value).Bind(visit.Key.Page.Value).Bind((long)visit.Class).Bind((long?)visit.Status)
            .Bind(StoredTime.Milliseconds(visit.StartedAt)).Bind(visit.Milliseconds).Bind(visit.Bytes).Bind(visit.Tries)
            .Bind(visit.NoIndex).Bind(visit.NoFollow).Bind(visit.ContentType).Bind(visit.RedirectTo?.Text).Bind(visit.Title)
            .Bind(visit.Canonical).Bind(visit.Error).Run();
        if (visit.Details is { } details)
        {
            var phases = details.Phases;
            rows.Database[InsertDetails]
                .Bind(rows.Database.LastId).Bind(StoredTime.Microseconds(phases.Dns)).Bind(StoredTime.Microseconds(phases.Connect))
                .Bind(StoredTime.Microseconds(phases.Tls)).Bind(StoredTime.Microseconds(phases.FirstByte))
                .Bind(StoredTime.Microseconds(phases.Transfer)).Bind(details.OutlinkCount).Bind(details.Headers).Bind(details.Outlinks).Run();
        }
        if (visit.Title is { } title) rows.Database[SetTitle].Bind(title).Bind(visit.Key.Page.Value).Bind(title).Run();
    }

    private SummedVisit Summed(Visit visit, int depth)
    {
        var content = visit.Class != StatusClass.Ok
            ? null
            : new JudgedContent(visit.Canonical is null ? "" : rows.UrlOf(visit.Key.Page), visit.ContentType, visit.Title, visit.NoIndex, visit.Canonical, null);
        return new SummedVisit(visit.Class, visit.Status, depth, visit.Milliseconds, CacheStatus.Unsaid, content);
    }

    private void ListIssues(Visit visit, SummedVisit summed)
    {
        if (summed.Content is not { } content) return;
        foreach (var issue in IssueRule.Judge(content, visit.Milliseconds))
            rows.Database[InsertIssue].Bind(visit.Key.Job.Value).Bind(PageListReads.FirstIssue + (long)issue).Bind(visit.Key.Page.Value).Run();
    }
}
