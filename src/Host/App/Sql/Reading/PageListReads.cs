using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>
/// A job's visits as lists. Each order is one range of an index, or five that are merged as they are read, so a list costs what it shows
/// and not what the job has. What no index can answer, a search, looks at so many visits in that order and says where to go on.
/// </summary>
internal static class PageListReads
{
    /// <summary>Most visits that one list looks at.</summary>
    public const int MostLookedAt = 20_000;

    // Behind the first look, which takes what the list shows.
    private const int KeysAtOnce = 1_000;

    private const string Mark = "SELECT 1 FROM visit_order WHERE job_id = ? AND sort = 0";

    public const string Found = "SELECT 0, page_id, class FROM visits WHERE job_id = ?1 AND page_id > ?2 ORDER BY page_id LIMIT ?3";

    // All but ok: those have an index of their own, see VisitReads.
    public const string FoundOfClass =
        """
        SELECT 0, page_id, class FROM visits INDEXED BY visits_by_class
        WHERE job_id = ?1 AND page_id > ?2 AND class = ?3 AND class <> 0 ORDER BY page_id LIMIT ?4
        """;

    public const string OrderedOfClass =
        "SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = ?5 ORDER BY value, page_id LIMIT ?6";

    public const string Ordered =
        """
        SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 0 UNION ALL
        SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 1 UNION ALL
        SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 2 UNION ALL
        SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 3 UNION ALL
        SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 4
        ORDER BY 1, 2 LIMIT ?5
        """;

    // PostgreSQL merges only what is sorted already, and takes an index's order for that only where it is asked for.
    public const string OrderedOnPostgres =
        """
        (SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 0 ORDER BY 1, 2 LIMIT ?5) UNION ALL
        (SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 1 ORDER BY 1, 2 LIMIT ?5) UNION ALL
        (SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 2 ORDER BY 1, 2 LIMIT ?5) UNION ALL
        (SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 3 ORDER BY 1, 2 LIMIT ?5) UNION ALL
        (SELECT value, page_id, class FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND (value, page_id) > (?3, ?4) AND class = 4 ORDER BY 1, 2 LIMIT ?5)
        ORDER BY 1, 2 LIMIT ?5
        """;

    // Beside the orders, from this number on: pages that were ok, by what may be wrong with them.
    public const int FirstIssue = 16;

    public const string OfIssue =
        "SELECT 0, page_id, 0 FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND class = 0 AND value = 0 AND page_id > ?3 ORDER BY page_id LIMIT ?4";

    public static PageList Read(Database database, Ages ages, JobId job, PageQuery query)
    {
        var since = ages.VisitsOf(database, job);
        if (since == Ages.None) return new PageList([], null) { Sort = query.Issue is null ? query.Sort : PageSort.Found };
        var sort = query.Issue is null && IsKept(database, job) ? query.Sort : PageSort.Found;
        var pages = new List<PageId>();
        var (lookedAt, isMore) = (0, false);
        var search = Needle.Of(query.Search);
        var (last, most, rows) = (Begin(query.After, sort), 0, 0);
        while (!isMore && rows == most)
        {
            most = most == 0 ? query.Limit + 1 : KeysAtOnce;
            rows = 0;
            var keys = ReadKeys(Keys(database, job, query, last).Bind(most));
            // What has expired is not told by its place in an order.
            var words = search is null && since == Ages.All ? null : new SearchedWords(database, job, since, [.. keys.Select(key => key.Page)]);
            foreach (var key in keys)
            {
                if (pages.Count == query.Limit || lookedAt == MostLookedAt)
                {
                    isMore = true;
                    break;
                }
                rows++;
                lookedAt++;
                last = new PageCursor(sort, key.Value, key.Page);
                var isOfClass = query.Only is not { } only || key.Class == only;
                if (isOfClass && words?.Have(last.Page, search) != false) pages.Add(last.Page);
            }
        }
        return new PageList(VisitReads.ReadThese(database, since, job, pages), isMore ? last.ToString() : null) { Sort = sort };
    }

    /// <summary>The job was created since orders and sums of what is kept out are kept by hand.</summary>
    public static bool IsKept(Database database, JobId job) => database[Mark].Bind(job.Value).Single() is not null;

    private static PageCursor Begin(string? after, PageSort sort)
    {
        if (after is null) return new PageCursor(sort, long.MinValue, new PageId(0));
        return PageCursor.TryParse(after, sort, out var cursor) ? cursor : throw new ArgumentException($"'{after}' is no place in the order {sort}.", nameof(after));
    }

    private static Statement Keys(Database database, JobId job, PageQuery query, PageCursor after) => (query.Issue, after.Sort, query.Only) switch
    {
        ({ } issue, _, _) => database[OfIssue].Bind(job.Value).Bind(FirstIssue + (long)issue).Bind(after.Page.Value),
        (_, PageSort.Found, null or StatusClass.Ok) => database[Found].Bind(job.Value).Bind(after.Page.Value),
        (_, PageSort.Found, { } other) => database[FoundOfClass].Bind(job.Value).Bind(after.Page.Value).Bind((long)other),
        (_, _, null) => database[Ordered, OrderedOnPostgres].Bind(job.Value).Bind((long)after.Sort).Bind(after.Value).Bind(after.Page.Value),
        (_, _, { } one) => database[OrderedOfClass].Bind(job.Value).Bind((long)after.Sort).Bind(after.Value).Bind(after.Page.Value).Bind((long)one),
    };

    private static List<(long Value, PageId Page, StatusClass Class)> ReadKeys(Statement keys)
    {
        var read = new List<(long, PageId, StatusClass)>();
        while (keys.Step()) read.Add((keys.Integer(0), new PageId(keys.Integer(1)), (StatusClass)keys.Number(2)));
        return read;
    }
}
