using Amble.App;
using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Host.Specs;

/// <summary>A whole crawl of a site that has no end and no robots.txt: each budget ends its trap, and no honest page is missed.</summary>
public sealed class TrapSpecs(ITestOutputHelper output) : IDisposable
{
    private static readonly TrapSettings _small = new() { Dates = 20, QueriesOfFew = 40, QueriesOfMany = 15, UnderPrefix = 250, TimesElsewhere = 0 };

    private readonly Door _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task Every_trap_is_cut_by_its_budget_and_every_honest_page_is_fetched_once()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 200, EndlessTraps = true, RobotsStatus = 404 });
        _door.Open = settings => Wiring.OpenNode(settings with { Traps = _small });

        Assert.Equal(0, await _door.CrawlAsync(site.UrlByAddress(), "--unpaced", "--allow-private"));

        var stats = site.StatsOf(1);
        Assert.Equal((200, 0), (stats.Covered, stats.FetchedTwice));
        var asked = site.Log.Select(request => SiteTraps.NameOf(request.Path)).Where(name => name.Length > 0).CountBy(name => name).ToDictionary();
        var cut = Excluded();
        output.WriteLine($"told: pages asked for in traps: {string.Join(", ", asked.Select(each => $"{each.Key} {each.Value}"))}; cut: {string.Join(", ", cut.Select(each => $"{each.Why} {each.Count}"))}");

        Assert.Equal(20, asked["calendar"]);
        Assert.Equal(_small.RepeatsInRow, asked["nest"]);
        Assert.Equal(250, asked["mix"]);
        Assert.Equal(4, asked["shop"]);
        Assert.InRange(asked["list"], _small.QueriesOfMany + 1, _small.QueriesOfFew + _small.QueriesOfMany);
        Assert.Equal(_small.Segments - 2, asked["stairs"]);
        Assert.Equal(250, asked["wall"]);
        Assert.Equal(40, asked["tags"]);
        ExclusionReason[] reasons =
        [
            ExclusionReason.TrapRepeatedSegments, ExclusionReason.TrapDeepPath, ExclusionReason.TrapSession, ExclusionReason.TrapQueryOrder,
            ExclusionReason.TrapQueries, ExclusionReason.TrapQueryFilters, ExclusionReason.TrapCalendar, ExclusionReason.TrapPrefix,
        ];
        Assert.Equal(reasons, cut.Select(each => each.Why));
        Assert.Contains("trap: too many dates", _door.Out, StringComparison.Ordinal);
        Assert.Contains("trap: repeated segments", _door.Out, StringComparison.Ordinal);
    }

    private IReadOnlyList<ExcludedView> Excluded()
    {
        using var store = SqliteStore.Open(_door.Data, StoreFixture.Unpack);
        Assert.Empty(store.CheckConsistency());
        return store.Reads.ReadExcluded(new JobId(1));
    }
}
