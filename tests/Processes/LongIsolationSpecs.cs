using System.Globalization;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>A domain that hangs, and one that drips, cost only their own slots (P-19+): a thousand domains with one that hangs beside a thousand without.</summary>
[Collection(LongRuns.Name)]
public sealed class LongIsolationSpecs(ITestOutputHelper output)
{
    private const int Domains = 1_000;
    private const int Hanging = 500;
    private const double MostChange = 0.05;
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(100);

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-19+")]
    public async Task One_hanging_domain_among_a_thousand_changes_the_others_rate_by_at_most_5_percent()
    {
        using var place = new DataPlace();
        using var hangingPlace = new DataPlace();
        await using var calm = await Thousand.StartAsync(output, place, $"{Hanging} latency-ms=0");
        await using var hanging = await Thousand.StartAsync(output, hangingPlace, $"{Hanging} hang");
        await calm.UnderWayAsync();
        await hanging.UnderWayAsync();
        using (var clock = new PeriodicTimer(_measured)) await clock.WaitForNextTickAsync();

        var (without, with) = (await calm.RateAsync(), await hanging.RateAsync());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"told: {Domains} domains with Crawl-delay 10: {without:0.0} requests a second of all but one, {with:0.0} while that one hangs ({(with / without - 1) * 100:0.0} %)"));
        Assert.InRange(with, (1 - MostChange) * without, (1 + MostChange) * without);
    }

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-19+"), Trait("Seeds", "P-7")]
    public async Task A_drip_of_one_byte_a_second_ends_at_the_deadline()
    {
        using var place = new DataPlace();
        await using var site = await JudgeSite.StartAsync(output, punctual: false, "--pages", "2", "--drip", "1");
        // Without the judge from beside, nobody drips here; the fetcher's own test stands for it.
        if (site.IsOurs) return;
        await using var crawl = AmbleProcess.Start(
            new Dictionary<string, string> { ["AMBLE_RETRY__ERRORRETRIES"] = "1" },
            "crawl", site.Home, "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--data", place.Folder, "--json", place.Beside("sums.json"));
        await crawl.EndAsync(TimeSpan.FromMinutes(3));

        var dripped = (await site.LogAsync()).Where(request => request.Path == "/p/1").Select(request => (request.LeftMs!.Value - request.ArrivedMs) / 1_000).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"told: a page that drips a byte a second was let go after {string.Join(" and ", dripped.Select(s => s.ToString("0.0", CultureInfo.InvariantCulture)))} s"));
        Assert.Equal(2, dripped.Count);
        Assert.All(dripped, seconds => Assert.InRange(seconds, 29, 32));
        Assert.Equal(1, (int)place.ReadJson("sums.json")["unknown"]!);
    }

    /// <summary>A thousand domains at ten seconds each, and the crawl that walks them.</summary>
    private sealed class Thousand(JudgeSite site, AmbleProcess crawl) : IAsyncDisposable
    {
        private double _from;

        public static async Task<Thousand> StartAsync(ITestOutputHelper output, DataPlace place, string policy)
        {
            File.WriteAllText(place.Beside("policies"), policy);
            var site = await JudgeSite.StartAsync(
                output, punctual: true, "--domains", $"{Domains}", "--pages", "40", "--min-kb", "1", "--max-kb", "2", "--crawl-delay", "10", "--policies", place.Beside("policies"));
            File.WriteAllLines(place.Beside("seeds"), Enumerable.Range(1, Domains).Select(site.HomeOf));
            return new Thousand(site, AmbleProcess.Start(
                "crawl", "--seeds", place.Beside("seeds"), "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--data", place.Folder));
        }

        /// <summary>Every domain has been asked for its pages at its delay by then.</summary>
        public async Task UnderWayAsync()
        {
            await Until.TrueAsync("all domains to be under way", async () => await site.CountAsync() > 4 * Domains, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
            _from = (await site.LogAsync())[^1].ArrivedMs;
        }

        /// <summary>Requests a second of all but the one, since then.</summary>
        public async Task<double> RateAsync()
        {
            var log = (await site.LogAsync()).Where(request => request.Domain != Hanging && request.ArrivedMs > _from && request.ArrivedMs <= _from + _measured.TotalMilliseconds).ToList();
            return log.Count / _measured.TotalSeconds;
        }

        public async ValueTask DisposeAsync()
        {
            await crawl.DisposeAsync();
            await site.DisposeAsync();
        }
    }
}
