namespace Amble.Messages;

/// <summary>One open unit of a domain's frontier, as read from the store.</summary>
/// <param name="Depth">Links away from the start URL; of a sitemap, index files that led to it.</param>
/// <param name="Hops">Redirects that led here, 0 to 10.</param>
/// <param name="Throttles">Throttled answers charged to it so far (P-6, P-13+).</param>
/// <param name="Errors">Transient errors so far (P-7).</param>
/// <param name="DueAt">Not to be asked before this instant.</param>
/// <param name="LastRefusedAt">When it was last answered 429, 503 or 403.</param>
public sealed record Unit(
    UnitKey Key, UnitKind Kind, PageUrl Url, int Depth, int Hops, int Throttles, int Errors, DateTimeOffset DueAt, DateTimeOffset? LastRefusedAt)
{
    /// <summary>The page is stored from an earlier visit, and this job has not asked for it yet: it may be asked for on the condition that it has changed.</summary>
    public bool HasCopy { get; init; }

    /// <summary>Its visit is stored; it is open for a second one, which shows whether a cache has the page now.</summary>
    public bool IsVisited { get; init; }
}

/// <summary>A URL found on a page, in a sitemap or robots.txt, or behind a redirect, that the job's scope takes in.</summary>
/// <param name="Depth">Links away from the start URL; of a sitemap, index files that led to it.</param>
/// <param name="Anchor">The link's text, at most 200 characters; empty for a redirect and in a sitemap.</param>
/// <param name="Kind">What it becomes: a page, or a sitemap file.</param>
/// <param name="Guessed">A sitemap that nobody named: when it is not there, that is no finding.</param>
public sealed record FoundUrl(PageUrl Url, int Depth, int Hops, string Anchor, UnitKind Kind = UnitKind.Page, bool Guessed = false);
