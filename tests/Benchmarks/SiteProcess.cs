using System.Diagnostics;
using Amble.ScriptedSites;

namespace Amble.Benchmarks;

/// <summary>The site that everybody crawls, in a process of its own: the project's scripted one, or the judge's.</summary>
internal sealed class SiteProcess : IAsyncDisposable
{
    private readonly Process? _judge;
    private readonly ScriptedSiteProcess? _scripted;
    private readonly HttpClient _reports;

    private SiteProcess(Process? judge, ScriptedSiteProcess? scripted, int port)
    {
        (_judge, _scripted, Port) = (judge, scripted, port);
        _reports = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public int Port { get; }

    public static async Task<SiteProcess> StartAsync(CrawlSize size, BenchmarkOptions options)
    {
        string[] words = ["--domains", $"{size.Domains}", "--pages", $"{size.Pages}"];
        if (options.JudgeDll is not { } judge)
        {
            var scripted = await ScriptedSiteProcess.StartAsync(words);
            return new SiteProcess(null, scripted, scripted.Port);
        }
        var port = Random.Shared.Next(20_000, 30_000);
        var start = new ProcessStartInfo("dotnet", [judge, .. words, "--port", $"{port}"]) { RedirectStandardOutput = true };
        var site = new SiteProcess(Process.Start(start), null, port);
        while (await site.IsSilentAsync())
        {
            await Task.Delay(100);
        }
        return site;
    }

    /// <summary>Where each domain's crawl starts.</summary>
    public IEnumerable<string> Starts(CrawlSize size) => Enumerable.Range(1, size.Domains).Select(domain => $"http://{SitePlan.HostOf(domain)}:{Port}/");

    public Task ClearAsync() => _reports.GetAsync("/__reset");

    /// <summary>Requests that arrived since the log was cleared, and the site's own time for them.</summary>
    public async Task<string?> FaultAsync(CrawlSize size)
    {
        if (_scripted is null)
        {
            return null;
        }
        var stats = await _scripted.StatsAsync();
        var (covered, twice) = (stats.Sum(domain => domain.Covered), stats.Sum(domain => domain.FetchedTwice));
        return covered == size.AllPages && twice == 0 ? null : $"{covered} of {size.AllPages} pages were asked for, {twice} of them twice";
    }

    /// <summary>The site's CPU time so far.</summary>
    public double CpuSeconds => ChildProcess.Of(_judge?.Id ?? _scripted!.Id)?.CpuSeconds ?? 0;

    public async ValueTask DisposeAsync()
    {
        _reports.Dispose();
        if (_scripted is not null)
        {
            await _scripted.DisposeAsync();
        }
        _judge?.Kill();
        _judge?.Dispose();
    }

    private async Task<bool> IsSilentAsync()
    {
        try
        {
            using var answer = await _reports.GetAsync("/robots.txt");
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }
}
