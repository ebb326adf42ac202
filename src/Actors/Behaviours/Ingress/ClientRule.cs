using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Amble.Behaviours.Ingress;

/// <summary>Who a page's reader is, as far as it is counted: one IPv4 address, or one network of 64 bits of IPv6, which is what a household is given.</summary>
public readonly record struct Client(UInt128 Network)
{
    public static Client Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }) bytes[8..].Clear();
        return new Client(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }
}

/// <summary>
/// Which address counts as the reader's (C-8+): the one that the connection comes from. Only if that is a trusted proxy, what it passes on
/// does: of X-Forwarded-For the last address that is no trusted proxy, since each proxy adds behind what it was told, and what stands before
/// may be anybody's invention. What cannot be read ends the search.
/// </summary>
public static class ClientRule
{
    /// <param name="peer">Where the connection comes from.</param>
    /// <param name="forwardedFor">The request's X-Forwarded-For, several joined by commas; empty for none.</param>
    public static IPAddress Of(IPAddress peer, string forwardedFor, IReadOnlySet<IPAddress> proxies)
    {
        var client = Plain(peer);
        if (proxies.Count == 0) return client;
        var told = forwardedFor.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = told.Length - 1; i >= 0 && proxies.Contains(client); i--)
        {
            if (!IPAddress.TryParse(told[i], out var before)) break;
            client = Plain(before);
        }
        return client;
    }

    /// <param name="text">Null or empty for none.</param>
    public static bool TryReadProxies(string? text, out IReadOnlySet<IPAddress> proxies)
    {
        var read = new HashSet<IPAddress>();
        proxies = read;
        foreach (var one in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPAddress.TryParse(one, out var address)) return false;
            read.Add(Plain(address));
        }
        return true;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
