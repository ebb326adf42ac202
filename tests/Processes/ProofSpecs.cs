using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>What a crawl says of its own politeness is what the site saw.</summary>
public sealed class ProofSpecs(ITestOutputHelper output) : IDisposable
{
    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Seeds", "P-20+")]
    public async Task A_crawl_that_was_refused_says_what_the_sites_log_says()
    {
        await using var site = await ScriptedSiteProcess.StartAsync(punctual: true, "--pages", "7", "--rate", "1", "--burst", "3", "--latency-ms", "50", "--retry-after", "1");
        _place.Learned(site.UrlByAddress(), TimeSpan.FromMilliseconds(50));
        var run = await AmbleProcess.RunAsync("crawl", site.UrlByAddress(), "--allow-private", "--data", _place.Folder, "--json", _place.Beside("sums.json"));
        run.AssertCode(0);

        var (sums, log) = (_place.ReadJson("sums.json"), await site.LogAsync());
        Assert.InRange((int)sums["throttled"]!, 1, 7);
        ProofJudge.Holds(sums, log);
        Assert.Contains("politeness  ", run.Out);
        output.WriteLine($"told: {log.Count} requests, {sums["throttled"]} refused, least gap {sums["leastGapSeconds"]} s, {sums["mostInFlight"]} in flight, quiet after {sums["secondsToQuiet"]} s: as the site's log has it");
    }
}
