using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// The words that caches say without a standard, in any case: HIT, TCP_MEM_HIT, Hit from cloudfront, RefreshHit.
// A hit that was asked again at the origin, or was served although too old, is stale; what had expired and came anew from the origin is a
// miss; what the cache will not keep has passed by. Other words say nothing.

/// <summary>Reads one word of a cache.</summary>
internal static class CacheWord
{
    private static readonly string[] _stale = ["refresh_hit", "refreshhit", "refresh_fail", "refresh-hit", "stale", "updating", "revalidated", "scavenge"];
    private static readonly string[] _passed = ["bypass", "dynamic", "pass", "uncacheable", "deny", "denied", "no-cache", "disabled"];
    private static readonly string[] _missed = ["miss", "expired"];
    private static readonly string[] _hit = ["hit", "prerender"];

    public static CacheStatus Read(string said)
    {
        // Only the first word: what follows is a name ("Hit from cloudfront"), and may mean anything.
        var end = said.AsSpan().IndexOfAny(" ;(");
        var word = end < 0 ? said : said[..end];
        return Has(word, _stale) ? CacheStatus.Stale
            : Has(word, _passed) ? CacheStatus.Bypass
            : Has(word, _missed) ? CacheStatus.Miss
            : Has(word, _hit) ? CacheStatus.Hit
            : CacheStatus.Unsaid;
    }

    private static bool Has(string word, string[] parts)
    {
        foreach (var part in parts)
        {
            if (word.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
