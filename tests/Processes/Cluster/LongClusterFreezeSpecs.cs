using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>A node that is frozen and thawed again still believes that it owns its domains.</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongClusterFreezeSpecs(ITestOutputHelper output)
{
    private const int Domains = 60;
    private const int Pages = 20;
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _frozen = TimeSpan.FromSeconds(30);

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-5")]
    public async Task A_thawed_node_asks_nothing_for_domains_that_moved()
    {
        await using var site = await JudgeSite.StartAsync(output, punctual: true, "--domains", $"{Domains}", "--pages", $"{Pages}", "--crawl-delay", "6", "--latency-ms", "100", "--jitter-ms", "300");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        foreach (var domain in Enumerable.Range(1, Domains)) await cluster.Nodes[domain % cluster.Nodes.Count].CreateJobAsync(site.HomeOf(domain));
        await Until.TrueAsync("the crawl to be under way", async () => await site.CountAsync() > 4 * Domains, TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(500));

        var frozen = cluster.Nodes[1];
        frozen.Freeze();
        var before = await site.LogAsync();
        using (var clock = new PeriodicTimer(_frozen)) await clock.WaitForNextTickAsync();
        var thawedAt = (await site.LogAsync())[^1];
        var look = StoredInPostgres.Of(cluster.Postgres);
        frozen.Thaw();
        await cluster.OrTellAsync(frozen.BackAsync);
        await Until.TrueAsync("all jobs to end", () => Task.FromResult(StoredInPostgres.Of(cluster.Postgres).Unfinished == 0), TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(1));

        var log = await site.LogAsync();
        var owned = before.Where(request => SiteLog.Node(request) == frozen.Address).Select(request => request.Domain).ToHashSet();
        var moved = log.Where(request => request.Number > before[^1].Number && request.Number <= thawedAt.Number && owned.Contains(request.Domain) && SiteLog.Node(request) != frozen.Address).Select(request => request.Domain).ToHashSet();
        var moves = ClusterJudge.NoDomainIsAskedFromTwoAddressesAtOnce(log);
        var gaps = ClusterJudge.NoStartIsEarlierThanItsPace(log, _delay);
        ClusterJudge.NothingIsLost(StoredInPostgres.Of(cluster.Postgres), [look], Domains * Pages);
        Assert.NotEmpty(moved);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: a node frozen for {_frozen.TotalSeconds} s: {moved.Count} of its {owned.Count} domains moved meanwhile, {moves} moves in all, gaps: shortest {gaps[0] / 1000:0.000} s of {_delay.TotalSeconds}, nothing lost of {Domains * Pages} pages"));
    }
}
