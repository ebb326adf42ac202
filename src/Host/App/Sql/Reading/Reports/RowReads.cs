using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>Rows of a report as the job's visits tell them: what a report is made from, and what is read of a job that has none.</summary>
internal static class RowReads
{
    public const int MostRedirects = 5_000;
    public const int MostSlow = 500;

    private const string Columns =
        "SELECT v.page_id, p.url, v.class, v.status, v.error, v.title, f.depth, v.milliseconds, coalesce(v.inlinks, 0), v.redirect_to";

    private const string Joined = " JOIN pages p ON p.id = v.page_id JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id ";

    // SQLite would walk all visits of the job by page id to save itself the choice; the few that are not ok have an index of their own.
    private const string OfClass =
        Columns + " FROM visits v INDEXED BY visits_by_class" + Joined + "WHERE v.job_id = ? AND v.class = ? AND v.class <> 0 AND v.started_at > ? ORDER BY v.page_id LIMIT ? OFFSET ?";

    private const string One = Columns + " FROM visits v" + Joined + "WHERE v.job_id = ? AND v.page_id = ?";

    private const string WithVisit = Columns + ", v.id, v.period, v.started_at FROM ";

    // By the order that is kept of them; CROSS JOIN keeps SQLite from beginning with the visits.
    public const string Slowest =
        WithVisit + "visit_order o CROSS JOIN visits v" + Joined +
        "WHERE o.job_id = ? AND o.sort = 1 AND o.class = 0 AND v.job_id = o.job_id AND v.page_id = o.page_id AND v.started_at > ? " +
        "ORDER BY o.value, o.page_id LIMIT ? OFFSET ?";

    // Of a job that is older than that order.
    private const string SlowestOfAll =
        WithVisit + "visits v" + Joined +
        "WHERE v.job_id = ? AND v.class = 0 AND v.started_at > ? ORDER BY v.milliseconds DESC, v.page_id LIMIT ? OFFSET ?";

    /// <summary>Broken pages in the order in which they were found.</summary>
    public static IReadOnlyList<ReportPage> ReadBroken(Database database, long since, JobId job, int limit, int skip) =>
        ReadClass(database, since, job, StatusClass.Broken, limit, skip);

    public static IReadOnlyList<ReportPage> ReadRedirects(Database database, long since, JobId job, int limit, int skip) =>
        ReadClass(database, since, job, StatusClass.Redirected, Math.Min(limit, MostRedirects - skip), skip);

    public static IReadOnlyList<ReportPage> ReadSlow(Database database, DetailReads details, Ages ages, JobId job, int limit, int skip)
    {
        var rows = new List<(ReportPage Page, long Visit, long? Period, long StartedAt)>();
        var found = database[PageListReads.IsKept(database, job) ? Slowest : SlowestOfAll].Bind(job.Value).Bind(ages.VisitsOf(database, job))
            .Bind(Math.Max(0, Math.Min(limit, MostSlow - skip))).Bind(skip);
        while (found.Step()) rows.Add((Row(found, skip + rows.Count), found.Integer(10), found.MaybeInteger(11), found.Integer(12)));
        var since = ages.DetailsOf(database, job);
        var phases = details.Read(database, rows.Where(row => row.StartedAt > since).Select(row => (row.Visit, row.Period)), DetailColumns.Phases, DetailReads.Phases);
        return [.. rows.Select(row => phases.TryGetValue(row.Visit, out var some) ? row.Page with { Phases = some } : row.Page)];
    }

    /// <summary>Null when the page has no visit in this job.</summary>
    public static ReportPage? ReadOne(Database database, JobId job, PageId page, int rank)
    {
        var found = database[One].Bind(job.Value).Bind(page.Value);
        if (!found.Step()) return null;
        var row = Row(found, rank);
        found.End();
        return row;
    }

    public static Phases Phases(Statement row, int from) => new(
        StoredTime.Span(row.Integer(from)), StoredTime.Span(row.Integer(from + 1)), StoredTime.Span(row.Integer(from + 2)),
        StoredTime.Span(row.Integer(from + 3)), StoredTime.Span(row.Integer(from + 4)));

    private static IReadOnlyList<ReportPage> ReadClass(Database database, long since, JobId job, StatusClass only, int limit, int skip)
    {
        var rows = new List<(ReportPage Page, string? To)>();
        var found = database[OfClass].Bind(job.Value).Bind((long)only).Bind(since).Bind(Math.Max(0, limit)).Bind(skip);
        while (found.Step()) rows.Add((Row(found, skip + rows.Count), found.MaybeText(9)));
        return [.. rows.Select(row => row.To is null ? row.Page : row.Page with { Chain = RedirectChain.Read(database, since, job, row.Page.Url.Text, row.To) })];
    }

    private static ReportPage Row(Statement row, int rank) => new(
        rank, new PageId(row.Integer(0)), PageUrl.FromStored(row.Text(1)), (StatusClass)row.Number(2), (int?)row.MaybeInteger(3), row.MaybeText(4), row.MaybeText(5),
        row.Number(6), row.Number(7), row.Integer(8), [], null);
}
