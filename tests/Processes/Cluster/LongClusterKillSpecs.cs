using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>Three nodes crawl many domains while one of them, whichever, is killed again and again.</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongClusterKillSpecs(ITestOutputHelper output)
{
    private const int Domains = 200;
    private const int Pages = 50;
    private const int Kills = 50;
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(30);

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-4"), Trait("Seeds", "S-5"), Trait("Seeds", "P-16+")]
    public async Task Fifty_kills_lose_nothing_and_no_domain_notices_more_than_a_pause()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        await using var site = await JudgeSite.StartAsync(output, punctual: true, "--domains", $"{Domains}", "--pages", $"{Pages}", "--crawl-delay", "30", "--latency-ms", "100", "--jitter-ms", "300");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        foreach (var (domain, node) in Enumerable.Range(1, Domains).Select(domain => (domain, cluster.Nodes[domain % cluster.Nodes.Count])))
        {
            await node.CreateJobAsync(site.HomeOf(domain));
        }
        await Until.TrueAsync("the crawl to be under way", async () => await site.CountAsync() > 2 * Domains, TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(500));

        var kills = new List<ClusterKill>();
        using (var clock = new PeriodicTimer(_every))
        {
            while (kills.Count < Kills && await clock.WaitForNextTickAsync())
            {
                var node = cluster.Nodes[chance.Next(cluster.Nodes.Count)];
                await node.KillAsync();
                kills.Add(new ClusterKill(node.Address, await site.LogAsync(), StoredInPostgres.Of(cluster.Postgres)));
                node.Start();
            }
        }
        await Until.TrueAsync("all jobs to end", () => Task.FromResult(StoredInPostgres.Of(cluster.Postgres).Unfinished == 0), TimeSpan.FromMinutes(60), TimeSpan.FromSeconds(2));

        var log = await site.LogAsync();
        var moves = ClusterJudge.NoDomainIsAskedFromTwoAddressesAtOnce(log);
        var repeats = ClusterJudge.NothingIsAskedAgainButWhatWasInHand(log, kills);
        var gaps = ClusterJudge.NoStartIsEarlierThanItsPace(log, _delay);
        ClusterJudge.NothingIsLost(StoredInPostgres.Of(cluster.Postgres), kills.Select(kill => kill.Stored), Domains * Pages);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: {Kills} kills of three nodes (seed {seed}), {Domains} domains of {Pages} pages at {_delay.TotalSeconds} s: {StoredInPostgres.Of(cluster.Postgres).Visits.Count} visits, {log.Count} requests, {repeats} asked again, {moves} moves seen, gaps: shortest {gaps[0] / 1000:0.000} s, 1st percentile {gaps[gaps.Count / 100] / 1000:0.000} s, {(log[^1].ArrivedMs - log[0].ArrivedMs) / 60_000:0.0} min"));
    }
}
