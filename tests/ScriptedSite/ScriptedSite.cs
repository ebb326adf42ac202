using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Amble.ScriptedSites;

/// <summary>A small web on loopback that plays many sites by a script and records what arrived when.</summary>
public sealed class ScriptedSite : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly SitePages _pages;
    private readonly ConcurrentDictionary<int, TokenBucket> _buckets = new();
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private volatile RequestLog _log = new();
    private volatile ScriptedSiteOptions _options;

    private ScriptedSite(WebApplication server, ScriptedSiteOptions options) => (_server, _options, _pages) = (server, options, new SitePages(options));

    public int Port { get; private set; }

    public ScriptedSiteOptions Options => _options;

    public IReadOnlyList<LoggedRequest> Log => _log.Read();

    public static async Task<ScriptedSite> StartAsync(ScriptedSiteOptions options)
    {
        // An empty builder reads no settings, so the tested program's own are not taken for the site's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var server = builder.Build();
        var site = new ScriptedSite(server, options);
        server.Run(site.HandleAsync);
        await server.StartAsync();
        var addresses = server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        site.Port = new Uri(addresses.First()).Port;
        return site;
    }

    /// <summary>Where a domain's page is, for a client that sends every connection to <see cref="Port"/> of 127.0.0.1.</summary>
    public string UrlOf(int domain, string path = "/") => $"http://{SitePlan.HostOf(domain)}:{Port}{path}";

    /// <summary>The same for a client that cannot: domain 1 answers to the address.</summary>
    public string UrlByAddress(string path = "/") => $"http://127.0.0.1:{Port}{path}";

    public DomainStats StatsOf(int domain) =>
        DomainStats.From(domain, [.. Log.Where(request => request.Domain == domain)], _options.Pages);

    public IReadOnlyList<DomainStats> Stats()
    {
        var byDomain = Log.ToLookup(request => request.Domain);
        return [.. Enumerable.Range(1, _options.Domains).Select(domain => DomainStats.From(domain, [.. byDomain[domain]], _options.Pages))];
    }

    /// <summary>Changes how the site behaves from now on; the pages stay as they were written.</summary>
    public void Change(Func<ScriptedSiteOptions, ScriptedSiteOptions> change) => _options = change(_options);

    /// <summary>Forgets what was asked so far.</summary>
    public void ClearLog() => _log = new RequestLog();

    public async ValueTask DisposeAsync()
    {
        // Hanging requests never end by themselves; nobody waits for them.
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }

    private TimeSpan Now => Stopwatch.GetElapsedTime(_startedAt);

    private async Task HandleAsync(HttpContext context)
    {
        var at = Now;
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (path.StartsWith("/__", StringComparison.Ordinal))
        {
            await SiteReports.AnswerAsync(this, context);
            return;
        }
        var log = _log;
        var domain = SitePlan.DomainOf(context.Request.Host.Host);
        var (place, nth) = log.Arrived(domain, context.Connection.RemoteIpAddress?.ToString() ?? "", context.Request.Method, path, at);
        var status = 0;
        try
        {
            var reply = Reply(new SiteRequest(domain, context.Request.Method, path, nth, context.Request.Headers.IfNoneMatch), context.Request.Host.Value ?? "");
            await Task.Delay(reply.After, context.RequestAborted);
            if (reply.Answer.Cut)
            {
                context.Abort();
                return;
            }
            // The log tells when the answer was ready: the client may read it and come again before its last write returns.
            status = reply.Answer.Status;
            log.Left(place, Now, status);
            await SiteReply.WriteAsync(reply, context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        finally
        {
            if (status == 0)
            {
                log.Left(place, Now, 0);
            }
        }
    }

    private SiteReply Reply(SiteRequest request, string authority)
    {
        var options = _options;
        var page = SitePlan.PageAt(request.Path, options.Pages);
        var wait = options.Latency + options.Jitter * new Dice(options.Seed, request.Domain, page ?? -1, purpose: 4).Roll();
        if (options.Answer?.Invoke(request) is { } own)
        {
            return new SiteReply(own, wait);
        }
        if (options.HangingPaths.Contains(request.Path) || (request.Path == "/robots.txt" && options.RobotsStatus == 0))
        {
            return SiteReply.Hang;
        }
        var sitemap = SiteMaps.Write(options, request.Path, authority);
        if (options.Rate > 0 && request.Path != "/robots.txt" && sitemap is null)
        {
            var untilToken = _buckets.GetOrAdd(request.Domain, _ => new TokenBucket()).Take(Now, options.Rate, options.Burst);
            if (untilToken > TimeSpan.Zero)
            {
                return SiteReply.Throttled(options, untilToken, DateTimeOffset.UtcNow, wait);
            }
        }
        if (sitemap is not null)
        {
            return new SiteReply(new SiteAnswer(200, ContentType: "application/xml"), wait, sitemap);
        }
        if (options.Hostile && HostilePages.At(request.Path) is { } hostile)
        {
            return new SiteReply(new SiteAnswer(200), wait, hostile);
        }
        if (options.EndlessTraps && SiteTraps.PageAt(request.Path, request.Nth) is { } trap)
        {
            return new SiteReply(new SiteAnswer(200, trap), wait);
        }
        return page is { } number
            ? SiteReply.Page(options, request, number, () => _pages.Write(request.Domain, number, authority), wait)
            : new SiteReply(SiteReply.Other(options, request.Path, authority), wait);
    }
}
