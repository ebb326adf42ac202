using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// A job's report: from its own tables once it is whole, which need neither visits nor pages; until then from the visits. A job that ended
/// before there were such reports has its sources in the table of that time.
/// </summary>
internal static class ReportReads
{
    private const string IsReported = "SELECT 1 FROM jobs WHERE id = ? AND reported = 1";

    private const string Pages =
        """
        SELECT rank, page_id, url, class, status, error, title, depth, milliseconds, source_count, chain,
               dns_us, connect_us, tls_us, first_byte_us, transfer_us
        FROM report_pages WHERE job_id = ? AND list = ? AND rank > ? ORDER BY rank LIMIT ?
        """;

    private const string Sources =
        "SELECT number, url, anchor FROM report_sources WHERE job_id = ? AND target_page = ? AND number > ? ORDER BY number LIMIT ?";

    private const string CountFormerSources = "SELECT count(*) FROM broken_sources WHERE job_id = ? AND target_page = ?";

    private const string FormerSources =
        """
        SELECT p.url, s.anchor FROM broken_sources s JOIN pages p ON p.id = s.source_page
        WHERE s.job_id = ? AND s.target_page = ? ORDER BY s.source_page LIMIT ? OFFSET ?
        """;

    private const string FirstSource =
        "SELECT p.url, f.anchor FROM frontier f JOIN pages p ON p.id = f.source_page WHERE f.job_id = ? AND f.page_id = ? LIMIT ? OFFSET ?";

    public static IReadOnlyList<ReportPage> ReadPages(Database database, DetailReads details, Ages ages, JobId job, ReportList list, int limit, int? after)
    {
        if (HasReport(database, job)) return ReadStored(database, job, list, limit, after ?? -1);
        var skip = (after ?? -1) + 1;
        return list switch
        {
            ReportList.Broken => [.. RowReads.ReadBroken(database, ages.VisitsOf(database, job), job, limit, skip).Select(row => row with { SourceCount = CountSources(database, job, row.Page) })],
            ReportList.Redirected => RowReads.ReadRedirects(database, ages.VisitsOf(database, job), job, limit, skip),
            ReportList.Slow => RowReads.ReadSlow(database, details, ages, job, limit, skip),
            _ => throw new ArgumentOutOfRangeException(nameof(list)),
        };
    }

    public static IReadOnlyList<ReportSource> ReadSources(Database database, JobId job, PageId target, int limit, int? after)
    {
        var sources = new List<ReportSource>();
        if (HasReport(database, job))
        {
            var found = database[Sources].Bind(job.Value).Bind(target.Value).Bind(after ?? -1).Bind(limit);
            while (found.Step()) sources.Add(new ReportSource(found.Number(0), PageUrl.FromStored(found.Text(1)), found.Text(2)));
            return sources;
        }
        var skip = (after ?? -1) + 1;
        var known = database[CountFormer(database, job, target) > 0 ? FormerSources : FirstSource].Bind(job.Value).Bind(target.Value).Bind(limit).Bind(skip);
        while (known.Step()) sources.Add(new ReportSource(skip + sources.Count, PageUrl.FromStored(known.Text(0)), known.MaybeText(1) ?? ""));
        return sources;
    }

    private static bool HasReport(Database database, JobId job) => database[IsReported].Bind(job.Value).Single() is not null;

    private static long CountSources(Database database, JobId job, PageId target) =>
        CountFormer(database, job, target) is > 0 and var former ? former : ReadSources(database, job, target, 1, null).Count;

    private static long CountFormer(Database database, JobId job, PageId target) => database[CountFormerSources].Bind(job.Value).Bind(target.Value).Single() ?? 0;

    private static IReadOnlyList<ReportPage> ReadStored(Database database, JobId job, ReportList list, int limit, int after)
    {
        var rows = new List<ReportPage>();
        var found = database[Pages].Bind(job.Value).Bind((long)list).Bind(after).Bind(limit);
        while (found.Step())
        {
            rows.Add(new ReportPage(
                found.Number(0), new PageId(found.Integer(1)), PageUrl.FromStored(found.Text(2)), (StatusClass)found.Number(3), (int?)found.MaybeInteger(4),
                found.MaybeText(5), found.MaybeText(6), found.Number(7), found.Number(8), found.Integer(9), StoredChain.Read(found.MaybeText(10)),
                found.IsNull(11) ? null : RowReads.Phases(found, 11)));
        }
        return rows;
    }
}
