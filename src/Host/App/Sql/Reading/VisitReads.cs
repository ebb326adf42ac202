using Amble.App.Sql.Postgres;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>What came of a job's pages, and what was kept out.</summary>
internal static class VisitReads
{
    private const int ExamplesShown = 10;

    private const string Columns =
        """
        SELECT v.page_id, p.url, v.class, v.status, v.started_at, v.milliseconds, v.bytes, v.content_type, v.title, v.redirect_to, v.error,
               f.depth, v.tries, v.canonical, v.noindex, v.nofollow, v.description, v.heading, v.headings, v.words, v.outlinks, v.inlinks, v.cache,
               v.not_modified, v.saved_bytes, v.warm_cache, v.warm_status, v.warm_milliseconds
        """;

    private const string Joined = " JOIN pages p ON p.id = v.page_id JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id ";
    private const string All = Columns + " FROM visits v" + Joined + "WHERE v.job_id = ? AND v.started_at > ? AND v.page_id > ? ORDER BY v.page_id LIMIT ?";
    private const string Ok = Columns + " FROM visits v" + Joined + "WHERE v.job_id = ? AND v.started_at > ? AND v.class = 0 AND v.page_id > ? ORDER BY v.page_id LIMIT ?";

    private const string These =
        Columns + " FROM unnest($1) WITH ORDINALITY AS k (page, n) JOIN visits v ON v.job_id = $2 AND v.page_id = k.page AND v.started_at > $3" + Joined + "ORDER BY k.n";

    // SQLite would walk all visits of the job by page id to save itself the choice; the few that are not ok have an index of their own.
    private const string OfClass =
        Columns + " FROM visits v INDEXED BY visits_by_class" + Joined
        + "WHERE v.job_id = ? AND v.started_at > ? AND v.class = ? AND v.class <> 0 AND v.page_id > ? ORDER BY v.page_id LIMIT ?";

    private const string SumExcluded = "SELECT exclusion, count FROM exclusion_sums WHERE job_id = ? AND count > 0 ORDER BY exclusion";
    private const string CountExcluded =
        "SELECT exclusion, count(*) FROM frontier WHERE job_id = ? AND state = 2 GROUP BY exclusion ORDER BY exclusion";

    private const string ExcludedExamples =
        """
        SELECT p.url FROM frontier f INDEXED BY frontier_excluded JOIN pages p ON p.id = f.page_id
        WHERE f.job_id = ? AND f.state = 2 AND f.exclusion = ? ORDER BY f.page_id LIMIT ?
        """;

    public static IReadOnlyList<VisitView> ReadMany(Database database, Ages ages, JobId job, StatusClass? only, int limit, PageId? after) =>
        ReadMany(database, ages.VisitsOf(database, job), job, only, limit, after);

    private static List<VisitView> ReadMany(Database database, long since, JobId job, StatusClass? only, int limit, PageId? after)
    {
        if (since == Ages.None) return [];
        var found = only switch
        {
            null => database[All].Bind(job.Value).Bind(since),
            StatusClass.Ok => database[Ok].Bind(job.Value).Bind(since),
            { } other => database[OfClass].Bind(job.Value).Bind(since).Bind((long)other),
        };
        return Read(found.Bind(after?.Value ?? 0).Bind(limit));
    }

    /// <summary>Those of these pages that the job visited, in their order.</summary>
    /// <param name="since">The job's age, of <see cref="Ages.VisitsOf"/>.</param>
    public static IReadOnlyList<VisitView> ReadThese(Database database, long since, JobId job, IReadOnlyList<PageId> pages) =>
        database is PostgresDatabase postgres
            ? Read(postgres.At(These).BindAll([.. pages.Select(page => page.Value)]).Bind(job.Value).Bind(since))
            : [.. pages.Select(page => ReadOne(database, since, job, page)).OfType<VisitView>()];

    private static List<VisitView> Read(Statement found)
    {
        var visits = new List<VisitView>();
        while (found.Step())
        {
            visits.Add(new VisitView(
                new PageId(found.Integer(0)), PageUrl.FromStored(found.Text(1)), (StatusClass)found.Number(2), (int?)found.MaybeInteger(3),
                StoredTime.Instant(found.Integer(4)), found.Number(5), found.Integer(6), found.MaybeText(7), found.MaybeText(8),
                found.MaybeText(9) is { } to ? PageUrl.FromStored(to) : null, found.MaybeText(10), found.Number(11), found.Number(12))
            {
                Canonical = found.MaybeText(13),
                NoIndex = found.Flag(14),
                NoFollow = found.Flag(15),
                Description = found.MaybeText(16),
                Heading = found.MaybeText(17),
                Headings = found.Number(18),
                Words = found.Number(19),
                Outlinks = found.Number(20),
                Inlinks = (int?)found.MaybeInteger(21),
                Cache = (CacheStatus)found.Number(22),
                NotModified = found.Flag(23),
                SavedBytes = found.Integer(24),
                Warm = found.MaybeInteger(26) is { } status ? new WarmView((CacheStatus)found.Number(25), (int)status, found.Number(27)) : null,
            });
        }
        return visits;
    }

    /// <summary>Null when the job did not visit that page.</summary>
    public static VisitView? ReadOne(Database database, Ages ages, JobId job, PageId page) => ReadOne(database, ages.VisitsOf(database, job), job, page);

    private static VisitView? ReadOne(Database database, long since, JobId job, PageId page) =>
        ReadMany(database, since, job, null, 1, new PageId(page.Value - 1)) is [var visit] && visit.Page == page ? visit : null;

    public static IReadOnlyList<ExcludedView> ReadExcluded(Database database, JobId job)
    {
        // A job that is older than the sums has none, or only of what came since; it is counted.
        var counts = Counts(database[PageListReads.IsKept(database, job) ? SumExcluded : CountExcluded].Bind(job.Value));
        return [.. counts.Select(one => new ExcludedView(one.Why, one.Count, Examples(database, job, one.Why)))];
    }

    private static List<(ExclusionReason Why, long Count)> Counts(Statement found)
    {
        var counts = new List<(ExclusionReason, long)>();
        while (found.Step()) counts.Add(((ExclusionReason)found.Number(0), found.Integer(1)));
        return counts;
    }

    private static IReadOnlyList<string> Examples(Database database, JobId job, ExclusionReason why)
    {
        var urls = new List<string>();
        var found = database[ExcludedExamples].Bind(job.Value).Bind((long)why).Bind(ExamplesShown);
        while (found.Step()) urls.Add(found.Text(0));
        return urls;
    }
}
