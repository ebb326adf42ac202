using System.Globalization;

namespace Amble.ScriptedSites;

/// <summary>What a page says to caches and to those who come again: validators, and what a cache in front of the site did.</summary>
internal static class SiteCaching
{
    private const int KeptPurpose = 5;

    private static readonly DateTimeOffset _firstEdition = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The page's good answer with its headers; a 304 to who has this edition of it already.</summary>
    public static SiteAnswer Answer(ScriptedSiteOptions options, SiteRequest request, int page)
    {
        var headers = new Dictionary<string, string>();
        if (options.Conditional)
        {
            headers["ETag"] = $"\"{request.Domain}-{page}-{options.Edition}\"";
            headers["Last-Modified"] = _firstEdition.AddDays(options.Edition).ToString("r", CultureInfo.InvariantCulture);
        }
        if (options.Cache) headers["X-Cache"] = request.Nth > 1 && IsKept(options, request.Domain, page) ? "HIT" : "MISS";
        return new SiteAnswer(options.Conditional && request.IfNoneMatch == headers["ETag"] ? 304 : 200) { Headers = headers };
    }

    private static bool IsKept(ScriptedSiteOptions options, int domain, int page) =>
        new Dice(options.Seed, domain, page, KeptPurpose).Roll() >= options.UncachedShare;
}
