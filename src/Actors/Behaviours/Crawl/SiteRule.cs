using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// Two URLs are of one site when their hosts are equal, a leading "www." aside, and they are asked at one port: 80 and 443 count as one,
// every other port is its own. Until public suffixes are known, other subdomains are other sites.

/// <summary>Which URLs a crawl may follow at all (DESIGN.md section 2, "site").</summary>
public static class SiteRule
{
    public static bool SameSite(PageUrl a, PageUrl b) => Name(a).SequenceEqual(Name(b)) && Door(a) == Door(b);

    private static ReadOnlySpan<char> Name(PageUrl url) =>
        url.Host.StartsWith("www.", StringComparison.Ordinal) ? url.Host.AsSpan(4) : url.Host;

    private static int Door(PageUrl url) => url.Port == 443 ? 80 : url.Port;
}
