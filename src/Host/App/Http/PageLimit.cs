using System.Globalization;
using System.Net;
using Amble.App.Pages;
using Amble.Behaviours.Ingress;

namespace Amble.App.Http;

/// <summary>
/// The page limiter before the pages (C-8+): who asks for too many is answered 429 in words, with the seconds after which it may come
/// back. Cards, files, the API, health and metrics are never counted, nor is the local socket.
/// </summary>
public sealed class PageLimit(LimiterSettings settings, TimeProvider clock)
{
    private static readonly string[] _pages = ["/jobs", "/sites", "/pages", "/bot"];

    private readonly PageLimiter _limiter = new(settings);
    private readonly IReadOnlySet<IPAddress> _proxies = ClientRule.TryReadProxies(settings.TrustedProxies, out var proxies) ? proxies : new HashSet<IPAddress>();

    /// <summary>Pages refused so far.</summary>
    public long Refused => _limiter.Refused;

    /// <summary>Clients that are remembered.</summary>
    public int Clients => _limiter.Clients;

    public Task AskAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsPage(http.Request.Path) || http.Connection.RemoteIpAddress is not { } peer)
        {
            return next(http);
        }
        var client = Client.Of(ClientRule.Of(peer, http.Request.Headers["X-Forwarded-For"].ToString(), _proxies));
        return _limiter.Ask(client, clock.GetUtcNow()) is { } wait ? Refuse(http, wait).ExecuteAsync(http) : next(http);
    }

    private static bool IsPage(PathString path) => path.Value is "/" || _pages.Any(page => path.StartsWithSegments(page));

    private static IResult Refuse(HttpContext http, TimeSpan wait)
    {
        // Rounded up: whoever keeps to it is let in.
        var seconds = (long)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Answers.Page(
            http, PlainPage.Write("Too many pages", $"You have asked for more pages than one reader looks at; the next one is there in {seconds} {(seconds == 1 ? "second" : "seconds")}."),
            StatusCodes.Status429TooManyRequests);
    }
}
