using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// What a page's links mean for a job. A page that says nofollow leads nowhere; its links are recorded all the same. Of any other, each link and
// the canonical URL is judged by the job's scope, one link deeper than the page; the page itself is in the job already.

/// <summary>From a page's links to what its job takes in and keeps out.</summary>
public static class FoundRule
{
    /// <param name="outlinks">All links of the page, each URL once.</param>
    /// <param name="canonical">Null when the page names none.</param>
    /// <param name="depth">The page's own.</param>
    public static (IReadOnlyList<FoundUrl> Found, IReadOnlyList<(PageUrl Url, ExclusionReason Why)> Excluded) Judge(
        IReadOnlyList<Outlink> outlinks, PageUrl? canonical, bool noFollow, PageUrl url, int depth, ScopeRule scope)
    {
        if (noFollow) return ([], []);
        var found = new List<FoundUrl>(outlinks.Count);
        var excluded = new List<(PageUrl, ExclusionReason)>();
        var isLinked = false;
        foreach (var link in outlinks)
        {
            isLinked |= link.Url == canonical;
            Sort(link.Url, link.Anchor);
        }
        if (canonical is not null && !isLinked) Sort(canonical, "");
        return (found, excluded);

        void Sort(PageUrl to, string anchor)
        {
            if (to == url) return;
            var verdict = scope.Judge(to, depth + 1);
            if (verdict.Taken) found.Add(new FoundUrl(to, depth + 1, Hops: 0, anchor));
            else if (verdict.Why is { } why) excluded.Add((to, why));
        }
    }
}
