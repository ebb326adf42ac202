using System.Net;
using Amble.App.Pages;

namespace Amble.App.Demo;

/// <summary>
/// A small site on loopback with what real ones have: redirects, broken links, a slow page, a part that robots.txt disallows, and a
/// moment in which it is asked for too much.
/// </summary>
public sealed class DemoSite : IAsyncDisposable
{
    /// <summary>Requests after which the site has had enough for <see cref="BusyFor"/>.</summary>
    private const int Patience = 22;
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowPage = TimeSpan.FromSeconds(1.5);

    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private int _requests;
    private long? _busySince;

    private DemoSite(TimeProvider clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "amble" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IHostLifetime, Http.CallersLifetime>();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The home page.</summary>
    public string Url { get; private set; } = "";

    public static async Task<DemoSite> StartAsync(TimeProvider clock, CancellationToken stop)
    {
        var site = new DemoSite(clock);
        await site._app.StartAsync(stop);
        site.Url = site._app.Urls.First() + "/";
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        if (IsBusy())
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = "1";
            return;
        }
        if (path == "/robots.txt")
        {
            await http.Response.WriteAsync("User-agent: *\nDisallow: /staff/\n");
        }
        else if (DemoPages.Moved.TryGetValue(path, out var target))
        {
            http.Response.Redirect(target, permanent: true);
        }
        else if (DemoPages.All.TryGetValue(path, out var page))
        {
            await Task.Delay(path == DemoPages.Slow ? SlowPage : TimeSpan.FromMilliseconds(20), _clock, http.RequestAborted);
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync(page);
        }
        else
        {
            http.Response.StatusCode = path == DemoPages.Gone ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound;
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync(Html.Of($"<!doctype html><title>Not here</title><p>{path} is not here.</p>").ToString());
        }
    }

    private bool IsBusy()
    {
        if (Interlocked.Increment(ref _requests) < Patience)
        {
            return false;
        }
        lock (_app)
        {
            _busySince ??= _clock.GetTimestamp();
            return _clock.GetElapsedTime(_busySince.Value) < BusyFor;
        }
    }
}
