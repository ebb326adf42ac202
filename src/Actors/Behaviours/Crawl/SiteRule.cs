using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// Two URLs are of one site when their hosts are equal or lie under one registrable domain (Public Suffix List), and they are asked at one
// door. An IP address, a single label and a public suffix itself are sites of their own. Ports 80 and 443 are one door, so http and https
// are one site; every other port is its own door, because what listens there is often another application that nobody named.

/// <summary>Which URLs a crawl may follow at all (DESIGN.md section 2, "site").</summary>
public static class SiteRule
{
    public static bool SameSite(PageUrl a, PageUrl b)
    {
        if (Door(a) != Door(b)) return false;
        if (a.Host == b.Host) return true;
        var site = Site(b.Host);
        // Most links that leave a host leave its site: their ends tell without a look at the list.
        return a.Host.AsSpan().EndsWith(site) && Site(a.Host).SequenceEqual(site);
    }

    /// <summary>The registrable domain of a canonical host or, where it has none, the host.</summary>
    public static ReadOnlySpan<char> Site(string host) => PublicSuffixes.RegistrableDomain(host) is { IsEmpty: false } registered ? registered : host;

    private static int Door(PageUrl url) => url.Port == 443 ? 80 : url.Port;
}
