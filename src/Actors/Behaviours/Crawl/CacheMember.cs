using System.Globalization;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// One cache of a Cache-Status field (RFC 9211 section 2): its name and, apart by semicolons, what it did. "hit" is a hit, with a negative
// ttl a stale one. "fwd" is a request that it sent on: bypass, method and request by no choice of the page; stale and answered 304 means
// that what was stored was asked again and served; every other reason is a miss. Some servers only say HIT or MISS under this name.

/// <summary>Reads one member of Cache-Status.</summary>
internal static class CacheMember
{
    public static CacheStatus Read(string member)
    {
        if (!member.Contains(';')) return CacheWord.Read(member);
        string? forwarded = null, answered = null;
        var (hit, old) = (false, false);
        foreach (var part in member.Split(';', StringSplitOptions.TrimEntries).Skip(1))
        {
            var equals = part.IndexOf('=');
            var (name, value) = equals < 0 ? (part, "?1") : (part[..equals], part[(equals + 1)..]);
            switch (name.ToLowerInvariant())
            {
                case "hit": hit = value == "?1"; break;
                case "fwd": forwarded = value.ToLowerInvariant(); break;
                case "fwd-status": answered = value; break;
                case "ttl": old = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && seconds < 0; break;
            }
        }
        return forwarded switch
        {
            null => hit ? old ? CacheStatus.Stale : CacheStatus.Hit : CacheStatus.Unsaid,
            "bypass" or "method" or "request" => CacheStatus.Bypass,
            "stale" when answered == "304" => CacheStatus.Stale,
            _ => CacheStatus.Miss,
        };
    }
}
