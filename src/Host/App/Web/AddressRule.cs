using System.Net;
using System.Net.Sockets;

namespace Amble.App.Web;

// A crawler follows what strangers write, so it must not be led into its own network.
// Only addresses of the public internet may be connected to: none that the IANA special-purpose registries (RFC 6890) keep for private,
// loopback, link-local, shared, benchmark, documentation, multicast, reserved or unspecified use, and none at which clouds tell secrets.
// An IPv6 address that stands for an IPv4 one (mapped, compatible, NAT64, 6to4) is judged as that one.

/// <summary>Which addresses may be connected to when private ones are not allowed.</summary>
public static class AddressRule
{
    private static readonly (IPNetwork Network, string Is)[] Refused =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "unspecified"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared by a carrier"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("168.63.129.16/32"), "a cloud's metadata service"),
        (IPNetwork.Parse("169.254.169.254/32"), "a cloud's metadata service"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "reserved"),
        (IPNetwork.Parse("192.0.2.0/24"), "for documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "reserved"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "for benchmarks"),
        (IPNetwork.Parse("198.51.100.0/24"), "for documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "for documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("::/128"), "unspecified"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "private"),
        (IPNetwork.Parse("100::/64"), "reserved"),
        (IPNetwork.Parse("2001::/32"), "a Teredo tunnel"),
        (IPNetwork.Parse("2001:db8::/32"), "for documentation"),
        (IPNetwork.Parse("3fff::/20"), "for documentation"),
        (IPNetwork.Parse("5f00::/16"), "reserved"),
        (IPNetwork.Parse("fc00::/7"), "private"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "private"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    private static readonly (IPNetwork Network, int At)[] Embedding =
    [
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>What the address is, in words, when it must not be connected to; null when it may.</summary>
    public static string? Refusal(IPAddress address)
    {
        if (!address.Equals(IPAddress.IPv6Loopback) && !address.Equals(IPAddress.IPv6Any) && Embedded(address) is { } inner)
            return Refusal(inner);
        foreach (var (network, what) in Refused)
        {
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
                return what;
        }
        return null;
    }

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        // A scope id is no part of which address it is.
        var octets = address.GetAddressBytes();
        foreach (var (network, at) in Embedding)
        {
            if (network.Contains(new IPAddress(octets)))
                return new IPAddress(octets.AsSpan(at, 4));
        }
        return null;
    }
}
