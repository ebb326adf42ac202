using System.Net;
using Amble.App.Settings;
using Microsoft.AspNetCore.Connections.Features;

namespace Amble.App.Http;

/// <summary>
/// Who may change state, or look inside: that reads only, but tells more than the pages do. The local socket may: only this user can open it. A right token may. Without one, only a request that is
/// wholly on this machine may: both ends of its connection are loopback, its Host header names loopback (a name that was rebound to
/// 127.0.0.1 does not), no proxy has passed it on, and no page of another origin sent it (a browser names that origin).
/// </summary>
public static class DoorGuard
{
    /// <summary>What the rule looks at.</summary>
    /// <param name="Bearer">The token given; null when none was.</param>
    public sealed record Caller(bool LocalSocket, bool BothEndsLoopback, string Host, string? Origin, string? FetchSite, bool Forwarded, string? Bearer);

    /// <summary>What the caller wants to do.</summary>
    public enum Deed { Change, Look }

    /// <summary>Null when the request may pass, else why not.</summary>
    public static string? Refusal(Caller caller, bool tokenExists, Func<string, bool> isToken, Deed deed = Deed.Change)
    {
        if (caller.LocalSocket)
        {
            return null;
        }
        if (caller.Bearer is { } token && tokenExists && isToken(token))
        {
            return null;
        }
        if (caller.Origin is { } origin && !IsOwn(origin, caller.Host) || caller.FetchSite is "cross-site" or "same-site")
        {
            return $"A page of another origin may not {(deed == Deed.Look ? "look inside" : "change anything")} here.";
        }
        if (caller.BothEndsLoopback && !caller.Forwarded && IsLoopback(new HostString(caller.Host).Host))
        {
            return null;
        }
        return tokenExists
            ? $"Beyond this machine, {(deed == Deed.Look ? "looking inside" : "changing anything")} needs the token: Authorization: Bearer TOKEN."
            : $"Beyond this machine, nothing can be {(deed == Deed.Look ? "looked into" : "changed")} until a token is made with `amble token` and sent as Authorization: Bearer TOKEN.";
    }

    public static Caller Of(HttpContext http)
    {
        var connection = http.Connection;
        var headers = http.Request.Headers;
        var authorization = headers.Authorization.ToString();
        var socket = http.Features.Get<IConnectionSocketFeature>()?.Socket.LocalEndPoint is System.Net.Sockets.UnixDomainSocketEndPoint;
        return new Caller(
            socket,
            connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local),
            headers.Host.ToString(),
            headers.Origin is [{ Length: > 0 } origin, ..] ? origin : null,
            headers["Sec-Fetch-Site"] is [{ Length: > 0 } site, ..] ? site : null,
            headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Forwarded") || headers.ContainsKey("Via") || headers.ContainsKey("X-Real-IP"),
            authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : null);
    }

    private static bool IsOwn(string origin, string host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.Authority.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? IPAddress.IsLoopback(address) : LocalAddresses.ContainsLiteral(host);
}
