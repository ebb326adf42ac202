using System.Net;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Host.Specs;

/// <summary>The judge is judged: what the scripted site is asked to do is what it does, and what its log tells is what was asked.</summary>
public sealed class ScriptedSiteSpecs : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Every_page_is_reached_from_the_home_page_and_is_the_same_each_time()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 120 });
        var seen = new HashSet<int> { 0 };
        var open = new Queue<int>([0]);
        while (open.TryDequeue(out var page))
        {
            var html = await _client.GetStringAsync(site.UrlByAddress(SitePlan.PathOf(page)));
            Assert.InRange(html.Length, 9 * 1024, 31 * 1024);
            foreach (var child in SitePlan.ChildrenOf(page, 120).Where(seen.Add))
            {
                Assert.Contains($"/p/{child}", html.Replace("../p/", "/p/", StringComparison.Ordinal), StringComparison.Ordinal);
                open.Enqueue(child);
            }
        }
        Assert.Equal(120, seen.Count);
        Assert.Equal(await _client.GetStringAsync(site.UrlByAddress("/p/7")), await _client.GetStringAsync(site.UrlByAddress("/p/7")));
        var stats = site.StatsOf(1);
        Assert.Equal((120, 1, 0), (stats.Covered, stats.FetchedTwice, stats.RobotsViolations));
        Assert.Empty(stats.Missing);
    }

    [Fact]
    public async Task The_host_header_picks_the_domain()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Domains = 3 });
        using var request = new HttpRequestMessage(HttpMethod.Get, site.UrlByAddress("/p/1")) { Headers = { Host = $"site-00003.test:{site.Port}" } };
        var html = await (await _client.SendAsync(request)).Content.ReadAsStringAsync();
        Assert.Contains("Page 1 of site 3", html, StringComparison.Ordinal);
        Assert.Equal([0, 0, 1], site.Stats().Select(stats => stats.Requests));
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("auto", "100")]
    [InlineData("7", "7")]
    public async Task Over_its_rate_a_domain_throttles_and_says_when_to_come_back(string words, string? expected)
    {
        await using var site = await ScriptedSite.StartAsync(
            new ScriptedSiteOptions { Rate = 0.01, Burst = 2, ThrottleStatus = 503, RetryAfter = RetryAfter.Parse(words) });
        var statuses = new List<HttpStatusCode>();
        HttpResponseMessage last = new();
        foreach (var path in new[] { "/robots.txt", "/", "/p/1", "/p/2" })
        {
            last = await _client.GetAsync(site.UrlByAddress(path));
            statuses.Add(last.StatusCode);
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], statuses);
        Assert.Equal(expected, last.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null);
        Assert.True(site.StatsOf(1) is { Throttled: 1, RobotsFirst: true, FirstSecondStarts: > 0 });
    }

    [Fact]
    public async Task Broken_links_stand_where_the_plan_says()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 20, BrokenLinks = 5 });
        foreach (var link in SitePlan.BrokenLinks(site.Options, 1))
        {
            var html = await _client.GetStringAsync(site.UrlByAddress(SitePlan.PathOf(link.Source)));
            Assert.Contains($"<a href=\"{link.Path}\">{link.Anchor}</a>", html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(site.UrlByAddress(link.Path))).StatusCode);
        }
    }

    [Fact]
    public async Task Flaky_pages_heal_and_broken_ones_do_not()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 40, FlakyShare = 0.4, ErrorShare = 0.3 });
        var fates = Enumerable.Range(0, 40).ToDictionary(page => page, page => SitePlan.FateOf(site.Options, 1, page));
        Assert.Equal(3, fates.Values.Distinct().Count());
        foreach (var (page, fate) in fates)
        {
            var first = (int)(await _client.GetAsync(site.UrlByAddress(SitePlan.PathOf(page)))).StatusCode;
            var second = (int)(await _client.GetAsync(site.UrlByAddress(SitePlan.PathOf(page)))).StatusCode;
            Assert.Equal(fate switch { PageFate.Flaky => (503, 200), PageFate.Error => (500, 500), _ => (200, 200) }, (first, second));
        }
    }

    [Fact]
    public async Task A_test_can_answer_by_itself_and_hanging_paths_stay_in_the_log()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions
        {
            HangingPaths = ["/p/1"],
            Answer = request => request.Path == "/own" ? new SiteAnswer(418, $"{request.Nth}") : null,
        });
        Assert.Equal("1", await (await _client.GetAsync(site.UrlByAddress("/own"))).Content.ReadAsStringAsync());
        var hanging = _client.GetAsync(site.UrlByAddress("/p/1"));
        while (site.Log.Count < 2)
        {
            await Task.Yield();
        }
        Assert.Equal("2", await (await _client.GetAsync(site.UrlByAddress("/own"))).Content.ReadAsStringAsync());
        await site.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
        Assert.Equal([("/own", 418), ("/p/1", 0), ("/own", 418)], site.Log.Select(line => (line.Path, line.Status ?? 0)));
    }

    [Fact]
    public void Stats_are_what_the_log_says()
    {
        LoggedRequest[] log =
        [
            new(1, 1, "127.0.0.1", "GET", "/p/1", 0, 150, 200),
            new(2, 1, "127.0.0.1", "GET", "/p/1?utm_source=x", 100, 250, 200),
            new(3, 1, "127.0.0.1", "GET", "/private/1", 250, 260, 200),
            new(4, 1, "127.0.0.1", "GET", "/p/2", 1200, null, null),
        ];
        var stats = DomainStats.From(1, log, pages: 3);
        Assert.True(stats is
        {
            Requests: 4, Covered: 1, FetchedTwice: 1, RobotsViolations: 1, RobotsFirst: false, MostInFlight: 2, FirstSecondStarts: 3, LeastGapMs: 100,
        });
        Assert.Equal([0, 2], stats.Missing);
    }

    [Fact]
    public async Task As_a_process_it_tells_the_same()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", "12", "--robots-status", "404");
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"http://127.0.0.1:{site.Port}/robots.txt")).StatusCode);
        await site.ChangeAsync("err=1");
        Assert.Equal(HttpStatusCode.InternalServerError, (await _client.GetAsync($"http://127.0.0.1:{site.Port}/p/5")).StatusCode);
        var stats = await site.StatsOfAsync(1);
        Assert.Equal((2, 0, 12), (stats.Requests, stats.Covered, stats.Missing.Count));
    }
}
