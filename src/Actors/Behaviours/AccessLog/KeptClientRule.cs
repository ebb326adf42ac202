using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Amble.Behaviours.AccessLog;

/// <summary>
/// What is kept of a client's address (A-10+). Truncated: its network, /24 of IPv4 and /48 of IPv6, an IPv4 address in IPv6 clothes as the
/// former. Hashed: a hash of the whole address with a salt that is drawn anew every day and never stored, so that one client's hits of a
/// day can be told from another's, and nobody can say whose they were. None: nothing.
/// </summary>
public static class KeptClientRule
{
    public const string Truncated = "truncated";
    public const string Hashed = "hashed";
    public const string None = "none";
    public const string Allowed = "truncated, hashed or none";

    private const int AddressBytes = 16;
    private const int HashBytes = 8;

    public static string Network(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        if (Bytes(address, bytes) == 4) return string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.0/24");
        bytes[6..].Clear();
        return $"{new IPAddress(bytes)}/48";
    }

    /// <summary>16 hexadecimal digits.</summary>
    public static string Hash(IPAddress address, ReadOnlySpan<byte> salt)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(salt, bytes[..Bytes(address, bytes)], hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    private static int Bytes(IPAddress address, Span<byte> bytes)
    {
        address.TryWriteBytes(bytes, out var length);
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || !address.IsIPv4MappedToIPv6) return length;
        bytes[12..16].CopyTo(bytes);
        return 4;
    }
}
