using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>What a cache said of an answer, in words that fit a sentence.</summary>
public static class CacheWords
{
    public static string Of(CacheStatus status) => status switch
    {
        CacheStatus.Hit => "from a cache",
        CacheStatus.Miss => "not in the cache",
        CacheStatus.Stale => "in the cache, but too old",
        CacheStatus.Bypass => "never kept by the cache",
        _ => "no cache said anything",
    };
}
