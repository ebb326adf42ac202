using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>Three thousand domains, each at its own pace, on three nodes: none is hurried, and none waits for the others.</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongManyDomainsSpecs(ITestOutputHelper output)
{
    private const int Domains = 3_000;
    private const int Pages = 25;
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(120);

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-18+"), Trait("Seeds", "P-19+")]
    public async Task Three_thousand_domains_are_each_asked_at_their_delay()
    {
        await using var site = await JudgeSite.StartAsync(output, punctual: true, "--domains", $"{Domains}", "--pages", $"{Pages}", "--crawl-delay", "10");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        await Parallel.ForEachAsync(Enumerable.Range(1, Domains), new ParallelOptions { MaxDegreeOfParallelism = 12 },
            async (domain, _) => await cluster.Nodes[domain % 3].CreateJobAsync(site.HomeOf(domain)));
        // Every domain has been asked for its pages at its delay by then.
        await Until.TrueAsync("all domains to be under way", async () => await site.CountAsync() > 4 * Domains, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));

        var from = await site.CountAsync();
        using (var clock = new PeriodicTimer(_measured)) await clock.WaitForNextTickAsync();
        var to = await site.CountAsync();

        var log = await site.LogAsync();
        ClusterJudge.NoDomainIsAskedFromTwoAddressesAtOnce(log);
        var gaps = ClusterJudge.NoStartIsEarlierThanItsPace(log, _delay);
        var measured = log.Where(request => request.Number > from && request.Number <= to).ToList();
        var rate = (measured.Count - 1) / ((measured[^1].ArrivedMs - measured[0].ArrivedMs) / 1_000);
        // Chance lengthens a gap by up to a tenth, by a twentieth on average (P-18+).
        var ideal = Domains / (_delay.TotalSeconds * 1.05);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: {Domains} domains at {_delay.TotalSeconds} s on three nodes: {rate:0} requests a second of {ideal:0} that lengthened gaps allow, gaps: shortest {gaps[0] / 1000:0.000} s, 1st percentile {gaps[gaps.Count / 100] / 1000:0.000} s"));
        Assert.True(gaps[gaps.Count / 100] >= 0.98 * _delay.TotalMilliseconds, "The 1st percentile of the gaps is too short.");
        Assert.InRange(rate, 0.95 * ideal, 1.05 * ideal);
    }
}
