using System.Globalization;

namespace Amble.ScriptedSites;

/// <summary>What is to be found on the scripted web, as a pure function of its options: what a test compares a crawl with.</summary>
public static class SitePlan
{
    private const int FatePurpose = 1;
    private const int BrokenPurpose = 2;

    /// <summary><c>site-00007.test</c></summary>
    public static string HostOf(int domain) => $"site-{domain:00000}.test";

    /// <summary>The domain of a Host header, whatever its port; 1 for a name that is not ours.</summary>
    public static int DomainOf(string host) =>
        host.StartsWith("site-", StringComparison.OrdinalIgnoreCase) && host.EndsWith(".test", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(host.AsSpan(5, host.Length - 10), NumberStyles.None, CultureInfo.InvariantCulture, out var domain) ? domain : 1;

    public static string PathOf(int page) => page == 0 ? "/" : $"/p/{page}";

    /// <summary>The page at a path; null when none is there. A query makes no other page.</summary>
    public static int? PageAt(string path, int pages)
    {
        var end = path.IndexOf('?', StringComparison.Ordinal);
        var bare = end < 0 ? path.AsSpan() : path.AsSpan(0, end);
        if (bare is "/")
        {
            return 0;
        }
        return bare.StartsWith("/p/") && int.TryParse(bare[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            && page > 0 && page < pages ? page : null;
    }

    /// <summary>Paths that robots.txt keeps out.</summary>
    public static bool IsDisallowed(string path) =>
        path.StartsWith("/private/", StringComparison.Ordinal) || path.StartsWith("/cal/", StringComparison.Ordinal);

    /// <summary>Page p leads to 10p+1 … 10p+10, so every page is reached from the home page: 5,000 pages in four steps.</summary>
    public static IEnumerable<int> ChildrenOf(int page, int pages) =>
        Enumerable.Range(1, 10).Select(step => 10 * page + step).Where(child => child < pages);

    /// <summary>How a page answers.</summary>
    public static PageFate FateOf(ScriptedSiteOptions options, int domain, int page)
    {
        if (page == 0)
        {
            return PageFate.Fine;
        }
        var roll = new Dice(options.Seed, domain, page, FatePurpose).Roll();
        return roll < options.ErrorShare ? PageFate.Error
            : roll < options.ErrorShare + options.FlakyShare ? PageFate.Flaky
            : PageFate.Fine;
    }

    /// <summary>Every link of the domain that leads to a 404.</summary>
    public static IEnumerable<BrokenLink> BrokenLinks(ScriptedSiteOptions options, int domain) =>
        Enumerable.Range(1, options.BrokenLinks).Select(number => new BrokenLink(
            new Dice(options.Seed, domain, number, BrokenPurpose).Between(0, options.Pages), $"/missing/{number}", $"Broken link {number}"));
}

public enum PageFate
{
    Fine = 1,
    /// <summary>503 at first, then fine.</summary>
    Flaky = 2,
    /// <summary>Always 500.</summary>
    Error = 3,
}

/// <param name="Source">The page that it stands on.</param>
public sealed record BrokenLink(int Source, string Path, string Anchor);
