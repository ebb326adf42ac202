namespace Amble.ScriptedSites;

/// <summary>How the scripted web looks and behaves. Shares are between 0 and 1, decided by page, and never touch the home page.</summary>
public sealed record ScriptedSiteOptions
{
    /// <summary>Domain i answers to the Host <c>site-0000i.test</c>, from 1; every other Host is domain 1.</summary>
    public int Domains { get; init; } = 1;

    /// <summary>Pages of each domain: <c>/</c> is page 0, the others are <c>/p/N</c>.</summary>
    public int Pages { get; init; } = 50;

    public int Seed { get; init; } = 1;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How long every answer waits.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Added to the latency, from nothing to this much, fixed by page.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Answers a second that a domain gives before it throttles (token bucket); 0 never throttles. robots.txt and sitemaps are free.</summary>
    public double Rate { get; init; }

    /// <summary>The bucket's size in requests; 0 is the larger of 1 and <see cref="Rate"/>.</summary>
    public double Burst { get; init; }

    /// <summary>What a throttled request is answered with: 429 or 503.</summary>
    public int ThrottleStatus { get; init; } = 429;

    public RetryAfter RetryAfter { get; init; } = RetryAfter.None;

    /// <summary>Pages that answer 503 the first <see cref="FlakyTimes"/> times.</summary>
    public double FlakyShare { get; init; }

    public int FlakyTimes { get; init; } = 1;

    /// <summary>Pages that always answer 500.</summary>
    public double ErrorShare { get; init; }

    /// <summary>Paths that are never answered; the connection is cut after a minute.</summary>
    public IReadOnlyCollection<string> HangingPaths { get; init; } = [];

    /// <summary>Extra links that go by <c>/old/N</c>, which redirects to <c>/p/N</c>.</summary>
    public double RedirectShare { get; init; }

    /// <summary>How many links of each domain lead to a 404; <see cref="SitePlan.BrokenLinks"/> tells from where.</summary>
    public int BrokenLinks { get; init; }

    /// <summary>Adds what a crawler must see through: fragments, utm doubles, links that robots.txt keeps out, an endless calendar, other schemes.</summary>
    public bool Traps { get; init; }

    /// <summary>The home page leads to pages that no browser would like, see <see cref="HostilePages"/>.</summary>
    public bool Hostile { get; init; }

    /// <summary>The home page leads into <see cref="SiteTraps"/>, which robots.txt knows nothing of.</summary>
    public bool EndlessTraps { get; init; }

    /// <summary>How robots.txt answers; 0 never answers.</summary>
    public int RobotsStatus { get; init; } = 200;

    /// <summary>The Crawl-delay of robots.txt; zero leaves it out.</summary>
    public TimeSpan CrawlDelay { get; init; }

    /// <summary>robots.txt names <c>/sitemap.xml</c>, which lists every page; false has none, and asking for it is a 404.</summary>
    public bool Sitemap { get; init; } = true;

    /// <summary>URLs in one sitemap; of more pages, <c>/sitemap.xml</c> is an index of <c>/sitemap-N.xml</c>.</summary>
    public int SitemapSize { get; init; } = 50_000;

    /// <summary>Sitemaps are packed, though neither their names nor their headers say so.</summary>
    public bool SitemapGzip { get; init; }

    /// <summary>Pages have an ETag and a date, and who has this edition of a page already is answered 304.</summary>
    public bool Conditional { get; init; }

    /// <summary>Of another edition, every page has changed.</summary>
    public int Edition { get; init; }

    /// <summary>A cache stands before the site and says so: a page is a miss when it is asked for first, then a hit.</summary>
    public bool Cache { get; init; }

    /// <summary>Pages that the cache never keeps.</summary>
    public double UncachedShare { get; init; }

    /// <summary>Answers of a test's own, asked first: null goes on with the script. Only within one process.</summary>
    public Func<SiteRequest, SiteAnswer?>? Answer { get; init; }
}

/// <param name="Domain">Number of the domain, from 1.</param>
/// <param name="Path">Path and query as sent.</param>
/// <param name="Nth">How often this path of this domain was asked for, from 1.</param>
/// <param name="IfNoneMatch">What the client has already; null when it says nothing.</param>
public sealed record SiteRequest(int Domain, string Method, string Path, int Nth, string? IfNoneMatch = null);

/// <summary>One answer, whole.</summary>
public sealed record SiteAnswer(int Status, string Body = "", string ContentType = "text/html; charset=utf-8")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The connection is cut instead of answered.</summary>
    public bool Cut { get; init; }
}
