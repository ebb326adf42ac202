using System.Text.Json.Nodes;
using Amble.App;
using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Host.Specs;

/// <summary>Whole crawls of a site that was crawled before, and of one behind a cache.</summary>
public sealed class SecondCrawlSpecs : IDisposable
{
    private const int Pages = 60;

    private readonly Door _door = new() { Open = Wiring.OpenNode };

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task An_unchanged_site_is_crawled_again_as_a_whole_and_sends_nothing_again()
    {
        // Without a sitemap only links lead on: what a 304 lost would not be found.
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = Pages, Sitemap = false, Conditional = true });
        var first = await CrawlAsync(site);
        Assert.Equal((Pages, 0, 0L), ((int)first["ok"]!, (int)first["notModified"]!, (long)first["savedBytes"]!));
        var before = Visits(1);

        site.ClearLog();
        var second = await CrawlAsync(site);
        Assert.Equal((Pages, Pages, (long)first["bytes"]!, 0L), ((int)second["ok"]!, (int)second["notModified"]!, (long)second["savedBytes"]!, (long)second["bytes"]!));
        Assert.Equal(Pages, site.Log.Count(request => request.Status == 304));
        Assert.Equal(0, site.StatsOf(1).FetchedTwice);
        Assert.Contains($"unchanged   {Pages}  since the last visit: ", _door.Out, StringComparison.Ordinal);
        Assert.All(Visits(2), page => Assert.Equal(Known(before[page.Key]), Known(page.Value)));

        // A 304 is as good a copy as the page was, and a page that has changed is read anew.
        Assert.Equal(Pages, (int)(await CrawlAsync(site))["notModified"]!);
        site.Change(options => options with { Edition = 1 });
        var changed = await CrawlAsync(site);
        Assert.Equal((Pages, 0, (long)first["bytes"]!), ((int)changed["ok"]!, (int)changed["notModified"]!, (long)changed["bytes"]!));
    }

    [Fact]
    public async Task A_second_visit_shows_which_pages_a_cache_has_then()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = Pages, Conditional = true, Cache = true, UncachedShare = 0.2 });
        var sums = await CrawlAsync(site, "--warm");
        var visits = Visits(1);
        var cold = visits.Values.Count(visit => visit.Warm is { Cache: CacheStatus.Miss, Status: 200 });
        Assert.Equal((Pages, Pages, Pages - cold), ((int)sums["ok"]!, (int)sums["warmed"]!, (int)sums["warmedHits"]!));
        Assert.InRange(cold, 1, Pages / 2);
        Assert.All(visits.Values, visit => Assert.Equal((CacheStatus.Miss, true), (visit.Cache, visit.Warm is not null)));
        Assert.Contains($"{Pages - cold} in the cache now, {cold} still not", _door.Out, StringComparison.Ordinal);
        Assert.Equal((0, 0), ((int)sums["retries"]!, (int)sums["broken"]!));
        // Every page twice, robots.txt and the sitemap once.
        Assert.Equal(2 * Pages + 2, (int)sums["requests"]!);
        Assert.Equal(2 * Pages + 2, site.Log.Count);

        // Where no cache says anything there is no second visit; and a warm job makes no conditions, so that pages pass through the caches.
        site.ClearLog();
        site.Change(options => options with { Cache = false });
        var again = await CrawlAsync(site, "--warm");
        Assert.Equal((0, 0), ((int)again["warmed"]!, (int)again["notModified"]!));
        Assert.Equal(Pages + 1, site.Log.Count);
    }

    private static (string?, string?, PageFacts, int, bool, string?) Known(VisitView visit) =>
        (visit.Title, visit.Canonical, new PageFacts(visit.Description, visit.Heading, visit.Headings, visit.Words), visit.Outlinks, visit.NoIndex, visit.ContentType);

    private async Task<JsonObject> CrawlAsync(ScriptedSite site, params string[] options)
    {
        var path = _door.PathOf("sums.json");
        Assert.Equal(0, await _door.CrawlAsync([site.UrlByAddress(), "--unpaced", "--allow-private", "--json", path, .. options]));
        return JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
    }

    private Dictionary<string, VisitView> Visits(long job)
    {
        using var store = SqliteStore.Open(_door.Data, StoreFixture.Unpack);
        Assert.Empty(store.CheckConsistency());
        return store.Reads.ReadVisits(new JobId(job), null, 1_000, null).ToDictionary(visit => visit.Url.Text);
    }
}
