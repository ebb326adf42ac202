using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>One page: what is known of it, what became of it in the newest jobs, how it was come to and where it leads.</summary>
internal static class OnePageReads
{
    private const int MostSteps = 11;
    private const int JobsLookedAt = 1_000;

    private const string Page = "SELECT url, title FROM pages WHERE id = ?";

    // A page has no index of its visits: few jobs are new, and each is one look into the index of its pages.
    public const string JobsOf =
        """
        SELECT j.id FROM jobs j
        WHERE j.id > (SELECT max(id) FROM jobs) - ?1 AND EXISTS (SELECT 1 FROM visits v WHERE v.job_id = j.id AND v.page_id = ?2 AND (j.state < 3 OR v.started_at > ?4))
        ORDER BY j.id DESC LIMIT ?3
        """;

    private const string VisitOf = "SELECT id, period FROM visits WHERE job_id = ? AND page_id = ? AND started_at > ?";

    private const string FoundOn =
        "SELECT p.url, f.anchor FROM frontier f JOIN pages p ON p.id = f.source_page WHERE f.job_id = ? AND f.page_id = ? AND f.kind = 0 AND f.source_page <> f.page_id";

    private const string RedirectOf = "SELECT redirect_to FROM visits WHERE job_id = ? AND page_id = ? AND started_at > ?";

    private const string Target =
        """
        SELECT p.id, v.class, v.status, v.redirect_to FROM pages p LEFT JOIN visits v ON v.job_id = ? AND v.page_id = p.id AND v.started_at > ? WHERE p.url = ?
        """;

    public static PageView? Read(Database database, PageId page)
    {
        var found = database[Page].Bind(page.Value);
        if (!found.Step()) return null;
        var view = new PageView(page, PageUrl.FromStored(found.Text(0)), found.MaybeText(1));
        found.End();
        return view;
    }

    public static IReadOnlyList<(JobId, VisitView)> ReadVisits(Database database, Ages ages, PageId page, int limit)
    {
        var jobs = new List<JobId>();
        var found = database[JobsOf].Bind(JobsLookedAt).Bind(page.Value).Bind(limit).Bind(ages.Visits);
        while (found.Step()) jobs.Add(new JobId(found.Integer(0)));
        return [.. jobs.Select(job => (job, VisitReads.ReadOne(database, ages, job, page))).Where(one => one.Item2 is not null).Select(one => (one.job, one.Item2!))];
    }

    public static VisitDetails? ReadDetails(Database database, DetailReads details, Ages ages, JobId job, PageId page)
    {
        var found = database[VisitOf].Bind(job.Value).Bind(page.Value).Bind(ages.DetailsOf(database, job));
        if (!found.Step()) return null;
        var (visit, period) = (found.Integer(0), found.MaybeInteger(1));
        found.End();
        return details.Read(
            database, visit, period, DetailColumns.Whole, row => new VisitDetails(row.Text(7), DetailReads.Phases(row), row.Number(6), row.Blob(8)));
    }

    public static ReportSource? ReadFoundOn(Database database, JobId job, PageId page)
    {
        var found = database[FoundOn].Bind(job.Value).Bind(page.Value);
        if (!found.Step()) return null;
        var source = new ReportSource(0, PageUrl.FromStored(found.Text(0)), found.MaybeText(1) ?? "");
        found.End();
        return source;
    }

    public static IReadOnlyList<ReportHop> ReadChain(Database database, Ages ages, JobId job, PageId page)
    {
        var since = ages.VisitsOf(database, job);
        var steps = new List<ReportHop>();
        var next = database[RedirectOf].Bind(job.Value).Bind(page.Value).Bind(since);
        var to = next.Step() ? next.MaybeText(0) : null;
        next.End();
        while (to is not null && steps.Count < MostSteps)
        {
            var found = database[Target].Bind(job.Value).Bind(since).Bind(to);
            var isKnown = found.Step();
            steps.Add(new ReportHop(PageUrl.FromStored(to), isKnown ? (StatusClass?)found.MaybeInteger(1) : null, isKnown ? (int?)found.MaybeInteger(2) : null));
            to = isKnown ? found.MaybeText(3) : null;
            found.End();
        }
        return steps;
    }
}
