using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// Which sitemaps a job reads. Those that the robots.txt of its start URL's origin names, where they are of the job's site; where it names
// none, /sitemap.xml of that origin is tried once, unless robots.txt disallows it. A sitemap is not asked for when its URLs could not be
// taken: by a job of one page, or of no link away from the start URL. Includes and excludes speak of pages and do not touch sitemaps.
// What a sitemap lists lies one link away from the start URL: the site itself shows it at its door, as it does what its home page links to.
// An index may list other indexes, as some sites do; more than three files deep is a maze.

/// <summary>From robots.txt to the sitemaps of a job (sitemaps.org, "Informing search engine crawlers").</summary>
public static class SitemapRule
{
    /// <summary>Sitemap files of one job, and of one index file.</summary>
    public const int MostFiles = 500;

    /// <summary>Index files on the way to a sitemap.</summary>
    public const int MostDepth = 2;

    /// <summary>URLs of one file; sitemaps.org allows as many.</summary>
    public const int MostUrls = 50_000;

    /// <summary>Bytes of one file, decompressed; sitemaps.org allows as many.</summary>
    public const int MostBytes = 50 << 20;

    /// <summary>The depth of the pages that a sitemap lists.</summary>
    public const int PageDepth = 1;

    /// <summary>The sitemap units that take the place of a job's robots unit, each once.</summary>
    /// <param name="robots">The robots.txt whose unit ends.</param>
    public static IReadOnlyList<FoundUrl> Of(JobSpec job, PageUrl robots, RobotsKnown known)
    {
        if (!known.Record.Reachable || job.Asked.Limits is { MaxDepth: < PageDepth } or { MaxPages: <= 1 })
            return [];
        var named = known.Rules.Sitemaps.Select(line => robots.Resolve(line)).OfType<PageUrl>().Where(url => IsOfSite(url, job))
            .Distinct().Take(MostFiles).Select(url => Unit(url, 0)).ToArray();
        if (named.Length > 0)
            return named;
        var usual = robots.Resolve("/sitemap.xml");
        return usual is not null && known.Rules.Allows(usual.PathAndQuery) ? [Unit(usual, 0) with { Guessed = true }] : [];
    }

    /// <summary>Other sites' sitemaps are not asked for.</summary>
    public static bool IsOfSite(PageUrl sitemap, JobSpec job) => SiteRule.SameSite(sitemap, job.Start);

    /// <param name="depth">Index files that led to it.</param>
    /// <param name="hops">Redirects that led to it.</param>
    public static FoundUrl Unit(PageUrl sitemap, int depth, int hops = 0) => new(sitemap, depth, hops, "", UnitKind.Sitemap);
}
