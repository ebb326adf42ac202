using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// The broken pages of a job, and what leads to them: their own URLs, and those of redirects to them, in however many steps. Of more
/// than 200,000 URLs the rest is left out, so that memory is bounded.
/// </summary>
internal sealed class BrokenTargets
{
    public const int Most = 200_000;

    private const int AtOnce = 500;

    private const string Broken =
        """
        SELECT v.page_id, p.url, NULL FROM visits v INDEXED BY visits_by_class JOIN pages p ON p.id = v.page_id
        WHERE v.job_id = ? AND v.class = 3 AND v.class <> 0 AND v.page_id > ? ORDER BY v.page_id LIMIT ?
        """;

    private const string Redirects =
        """
        SELECT v.page_id, p.url, v.redirect_to FROM visits v INDEXED BY visits_by_class JOIN pages p ON p.id = v.page_id
        WHERE v.job_id = ? AND v.class = 1 AND v.class <> 0 AND v.page_id > ? AND v.redirect_to IS NOT NULL ORDER BY v.page_id LIMIT ?
        """;

    private BrokenTargets() { }

    /// <summary>By target number.</summary>
    public List<PageId> Pages { get; } = [];

    public LinkCounter Links { get; } = new(0);

    public static BrokenTargets Read(ReadPool pool, JobId job)
    {
        var targets = new BrokenTargets();
        foreach (var (page, url, _) in Rows(pool, Broken, job))
        {
            if (targets.Links.Urls >= Most) break;
            targets.Pages.Add(page);
            targets.Links.AddTarget(url);
        }
        if (targets.Pages.Count > 0)
        {
            while (targets.AddRedirects(Rows(pool, Redirects, job))) { }
        }
        return targets;
    }

    // Each round goes one step further back; the last one finds nothing new.
    private bool AddRedirects(IEnumerable<(PageId Page, string From, string? To)> redirects)
    {
        var isNew = false;
        foreach (var (_, from, to) in redirects)
            if (Links.Urls < Most) isNew |= Links.AddWay(from, to!);
        return isNew;
    }

    private static IEnumerable<(PageId Page, string Url, string? To)> Rows(ReadPool pool, string sql, JobId job)
    {
        var after = new PageId(0);
        while (pool.Read(database => ReadSlice(database, sql, job, after)) is { Count: > 0 } slice)
        {
            foreach (var row in slice) yield return row;
            after = slice[^1].Page;
        }
    }

    private static List<(PageId Page, string Url, string? To)> ReadSlice(Database database, string sql, JobId job, PageId after)
    {
        var slice = new List<(PageId, string, string?)>();
        var found = database[sql].Bind(job.Value).Bind(after.Value).Bind(AtOnce);
        while (found.Step()) slice.Add((new PageId(found.Integer(0)), found.Text(1), found.MaybeText(2)));
        return slice;
    }
}
