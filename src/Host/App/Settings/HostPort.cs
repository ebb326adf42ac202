using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Amble.App.Settings;

/// <summary>A host name or address with a port, such as <c>127.0.0.1:8080</c> or <c>[::1]:8080</c>.</summary>
public sealed record HostPort
{
    /// <summary>What is allowed, fit for a <see cref="Problem"/>.</summary>
    public const string Allowed = "HOST:PORT with a port of 1 to 65535, such as 127.0.0.1:8080 or [::1]:8080";

    private HostPort(string host, int port) => (Host, Port) = (host, port);

    /// <summary>Without the brackets of an IPv6 address.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>The host when it is an address and not a name.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host, out var address) ? address : null;

    public static bool TryParse(string? text, [NotNullWhen(true)] out HostPort? value)
    {
        value = null;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            return false;
        }
        var host = text![..colon];
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        host = bracketed ? host[1..^1] : host;
        // Only brackets tell the colons of an IPv6 address from the one before the port.
        var kind = Uri.CheckHostName(host);
        if (kind == UriHostNameType.Unknown || bracketed != (kind == UriHostNameType.IPv6))
        {
            return false;
        }
        value = new HostPort(host, port);
        return true;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
