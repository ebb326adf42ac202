using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// What a cache on the way said of an answer, by the headers that caches usually add.
// Several caches may have had a hand in it: a CDN before the host's own. The one nearest to the reader decides, because a reader waits for
// that one alone, and because what stands behind a hit is old: a stored answer comes with the headers that it was stored with. But a
// cache that lets this page pass (Cloudflare does so with all HTML unless told otherwise) leaves the word to the next one behind it; only
// when nobody behind it says anything, the page is not kept. So headers are asked from the edge inwards, and of a list the last member
// first, as each cache adds itself at the end (RFC 9211 section 2). A positive Age, which only caches send, is the last resort.

/// <summary>Reads the cache status of an answer.</summary>
public static class CacheRule
{
    // From the edge inwards. A header's own way to speak, where it has one, is beside its name.
    private static readonly (string Name, Func<string, CacheStatus> Read)[] _layers =
    [
        ("CF-Cache-Status", CacheWord.Read),
        ("Cache-Status", CacheMember.Read),
        ("X-Vercel-Cache", CacheWord.Read),
        ("CDN-Cache", CacheWord.Read),
        ("X-Cache", CacheWord.Read),
        ("Server-Timing", OfTiming),
        ("X-Cache-Status", CacheWord.Read),
        ("X-Proxy-Cache", CacheWord.Read),
        ("X-Nextjs-Cache", CacheWord.Read),
        ("X-LiteSpeed-Cache", CacheWord.Read),
        ("X-Varnish", OfVarnish),
        ("X-Drupal-Cache", CacheWord.Read),
        ("X-Drupal-Dynamic-Cache", CacheWord.Read),
        ("Age", OfAge),
    ];

    /// <param name="headers">Lines of "name: value".</param>
    public static CacheStatus Judge(string headers)
    {
        var said = new List<string>?[_layers.Length];
        foreach (var line in headers.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && LayerOf(line[..colon]) is var layer and >= 0) (said[layer] ??= []).AddRange(FieldList.Split(line[(colon + 1)..]));
        }
        var passed = CacheStatus.Unsaid;
        for (var layer = 0; layer < said.Length; layer++)
        {
            if (said[layer] is not { } members) continue;
            for (var i = members.Count - 1; i >= 0; i--)
            {
                var status = _layers[layer].Read(members[i]);
                if (status is CacheStatus.Hit or CacheStatus.Miss or CacheStatus.Stale) return status;
                if (status == CacheStatus.Bypass) passed = status;
            }
        }
        return passed;
    }

    private static int LayerOf(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            if (name.Equals(_layers[i].Name, StringComparison.OrdinalIgnoreCase)) return i;
        }
        return -1;
    }

    /// <summary>Akamai and others put it among their timings: <c>cdn-cache; desc=HIT</c>.</summary>
    private static CacheStatus OfTiming(string metric)
    {
        var parts = metric.Split(';', StringSplitOptions.TrimEntries);
        if (!parts[0].Equals("cdn-cache", StringComparison.OrdinalIgnoreCase)) return CacheStatus.Unsaid;
        var description = parts.FirstOrDefault(part => part.StartsWith("desc=", StringComparison.OrdinalIgnoreCase));
        return description is null ? CacheStatus.Unsaid : CacheWord.Read(description["desc=".Length..].Trim('"'));
    }

    /// <summary>The id of this request and, for a hit, that of the request that brought the page.</summary>
    private static CacheStatus OfVarnish(string ids)
    {
        var count = ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(id => id.All(char.IsAsciiDigit));
        return count switch { 0 => CacheStatus.Unsaid, 1 => CacheStatus.Miss, _ => CacheStatus.Hit };
    }

    private static CacheStatus OfAge(string seconds) =>
        seconds.Length > 0 && seconds.All(char.IsAsciiDigit) && seconds.Any(digit => digit != '0') ? CacheStatus.Hit : CacheStatus.Unsaid;
}
