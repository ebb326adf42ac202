using System.Collections.Immutable;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// How a domain's pages were refused lately (P-14+); changed only by <see cref="RefusalRule"/>. Only in memory: in its next life a domain
/// counts anew.
/// </summary>
public sealed record Refusals
{
    public static Refusals None { get; } = new();

    /// <summary>The page that was last answered well; null when none was in this life.</summary>
    public PageUrl? Good { get; init; }

    /// <summary>Different URLs that were refused since a page was last answered well, first to last.</summary>
    public ImmutableArray<PageUrl> Row { get; init; } = [];

    /// <summary>How many of these answers were challenge pages.</summary>
    public int Challenges { get; init; }

    /// <summary>The status of the last of them.</summary>
    public int Status { get; init; }

    /// <summary>Whose challenge page it was; null when it was none.</summary>
    public string? Vendor { get; init; }

    /// <summary>A URL that is asked again to learn whom the site refuses, and nothing else before it; null when none is.</summary>
    public RefusalCheck? Check { get; init; }

    /// <summary>URLs that were refused while another one was answered well: they are forbidden, and prove nothing more.</summary>
    public ImmutableHashSet<PageUrl> Forbidden { get; init; } = [];
}

/// <param name="DueAt">Not to be asked before.</param>
/// <param name="Hops">Redirects that led here.</param>
/// <param name="UnderWay">Its request has begun.</param>
public sealed record RefusalCheck(PageUrl Url, DateTimeOffset DueAt, int Hops = 0, bool UnderWay = false);

/// <summary>What follows from a row of refusals.</summary>
public abstract record RefusalVerdict
{
    private RefusalVerdict() { }

    /// <summary>It may be the URLs: one that should be answered well is asked.</summary>
    public sealed record Ask(PageUrl Url) : RefusalVerdict;

    /// <summary>It is us.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Blocked(string Reason) : RefusalVerdict;
}
