using System.Net;
using System.Net.Sockets;

namespace Amble.App.Settings;

/// <summary>
/// Which addresses are one's own machine or network: loopback (RFC 1122, RFC 4291), private (RFC 1918, RFC 4193) and link-local
/// (RFC 3927, RFC 4291) ones. Only these may be crawled without a pace, and these need --allow-private.
/// </summary>
public static class LocalAddresses
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    public static bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Any(network => network.Contains(plain));
    }

    /// <summary>Whether a host, as written, is one of these; a name other than <c>localhost</c> (RFC 6761) is not looked up.</summary>
    public static bool ContainsLiteral(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? Contains(address) : IsLocalhost(host);

    /// <summary>Whether every address of the host is one of these; a name that does not resolve is not.</summary>
    public static async Task<bool> ContainsAllOfAsync(string host, CancellationToken stop)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out _) || IsLocalhost(host))
        {
            return ContainsLiteral(host);
        }
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, stop);
            return addresses.Length > 0 && addresses.All(Contains);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsLocalhost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
