using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>
/// A node that is cut off for half a minute runs on and asks sites as before, until it knows better. Every node is cut off in turn, since
/// which of them has the writer, the coordinator or the first place among the seeds makes a difference.
/// </summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongPartitionSpecs(ITestOutputHelper output)
{
    private const int Domains = 60;
    private const int Pages = 40;
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _cut = TimeSpan.FromSeconds(30);

    [Theory, Trait("Run", "Long"), Trait("Seeds", "S-5"), Trait("Seeds", "S-6")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_is_cut_off_asks_nothing_for_domains_that_moved(bool alsoFromStore)
    {
        await using var site = await JudgeSite.StartAsync(output, punctual: true, "--domains", $"{Domains}", "--pages", $"{Pages}", "--crawl-delay", "4", "--latency-ms", "100", "--jitter-ms", "300");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port, hasWires: true);
        foreach (var domain in Enumerable.Range(1, Domains)) await cluster.Nodes[domain % cluster.Nodes.Count].CreateJobAsync(site.HomeOf(domain));
        await Until.TrueAsync("the crawl to be under way", async () => await site.CountAsync() > 3 * Domains, TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(500));

        var looks = new List<StoredInPostgres>();
        foreach (var number in Enumerable.Range(1, cluster.Nodes.Count))
        {
            looks.Add(await CutOffAsync(cluster, site, number, alsoFromStore));
        }
        await Until.TrueAsync("all jobs to end", () => Task.FromResult(StoredInPostgres.Of(cluster.Postgres).Unfinished == 0), TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(1));

        var log = await site.LogAsync();
        var moves = ClusterJudge.NoDomainIsAskedFromTwoAddressesAtOnce(log);
        var gaps = ClusterJudge.NoStartIsEarlierThanItsPace(log, _delay);
        ClusterJudge.NothingIsLost(StoredInPostgres.Of(cluster.Postgres), looks, Domains * Pages);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: each of three nodes cut off from the others{(alsoFromStore ? " and from PostgreSQL" : "")} for {_cut.TotalSeconds} s: {moves} moves in all, {log.Count} requests, gaps: shortest {gaps[0] / 1000:0.000} s of {_delay.TotalSeconds}, nothing lost of {Domains * Pages} pages"));
    }

    private async Task<StoredInPostgres> CutOffAsync(ClusterOfProcesses cluster, JudgeSite site, int number, bool alsoFromStore)
    {
        var node = cluster[number];
        var others = cluster.Nodes.Where(other => other != node).ToList();
        var before = await site.LogAsync();
        cluster.Wires.CutOff(number, alsoFromStore);
        var (ended, cutAt) = (false, Stopwatch.GetTimestamp());
        await Until.TrueAsync("the cut to be over", () =>
        {
            // A process that ended is started again at once, as a supervisor would: also while nobody can be reached.
            if (node.HasEnded)
            {
                ended = true;
                node.Start();
            }
            return Task.FromResult(Stopwatch.GetElapsedTime(cutAt) > _cut);
        }, 2 * _cut, TimeSpan.FromMilliseconds(500));
        var during = (await site.LogAsync())[^1].Number;
        var look = StoredInPostgres.Of(cluster.Postgres);
        cluster.Wires.MendAll();
        await cluster.OrTellAsync(node.BackAsync);

        Assert.True(ended, $"The node {node.Address} was cut off for {_cut.TotalSeconds} s and did not end itself. It said: {node.Said}");
        await OneClusterAsync(cluster);
        var owned = before.TakeLast(2 * Domains).Where(request => SiteLog.Node(request) == node.Address).Select(request => request.Domain).ToHashSet();
        var since = (await site.LogAsync()).Where(request => request.Number > before[^1].Number && request.Number <= during).ToList();
        var moved = since.Where(request => owned.Contains(request.Domain) && others.Any(other => other.Address == SiteLog.Node(request))).ToLookup(request => request.Domain);
        Assert.NotEmpty(moved);
        foreach (var domain in moved)
        {
            var first = domain.Min(request => request.Number);
            Assert.DoesNotContain(since, request => request.Domain == domain.Key && request.Number > first && SiteLog.Node(request) == node.Address);
        }
        output.WriteLine($"told: {node.Address}: {moved.Count} of its {owned.Count} domains moved meanwhile");
        return look;
    }

    /// <summary>
    /// All know one writer: none of them has begun a cluster of its own. And none is still missed by another: a second cut in that moment is
    /// one that a cluster of three is not promised to bear whole.
    /// </summary>
    private static Task OneClusterAsync(ClusterOfProcesses cluster) => cluster.OrTellAsync(() => Until.TrueAsync("all nodes to know one writer and each other", async () =>
    {
        var writers = await Task.WhenAll(cluster.Nodes.Select(node => node.WriterAtAsync()));
        var whole = await Task.WhenAll(cluster.Nodes.Select(node => node.SeesAllAsync(cluster.Nodes.Count)));
        return writers[0] is not null && writers.Distinct().Count() == 1 && whole.All(sees => sees);
    }));
}
