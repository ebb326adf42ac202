using System.Globalization;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>A machine that is busy with other things is no reason to call a node dead (S-6).</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongSoakSpecs(ITestOutputHelper output)
{
    private const int Domains = 60;
    private const int Pages = 400;
    private static readonly TimeSpan _soak = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-6")]
    public async Task Nobody_is_downed_in_20_minutes_with_all_cores_busy()
    {
        await using var site = await ScriptedSiteProcess.StartAsync(punctual: true, "--domains", $"{Domains}", "--pages", $"{Pages}", "--crawl-delay", "3");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        for (var domain = 1; domain <= Domains; domain++) await cluster[1 + domain % 3].CreateJobAsync(site.UrlOf(domain));
        await Until.TrueAsync("requests from every node", async () =>
        {
            var log = await site.LogAsync();
            return cluster.Nodes.All(node => SiteLog.DomainsOf(log, node).Count > 0);
        });

        using var over = new CancellationTokenSource(_soak);
        var busy = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() => Spin(over.Token)) { IsBackground = true }).ToList();
        foreach (var one in busy) one.Start();
        using (var clock = new PeriodicTimer(_look))
        {
            while (!over.IsCancellationRequested && await clock.WaitForNextTickAsync())
            {
                Assert.All(cluster.Nodes, node => Assert.False(node.HasEnded, $"The node {node.Address} has ended itself: {node.Said}"));
            }
        }
        foreach (var one in busy) one.Join();

        var suspicions = cluster.Nodes.Sum(node => node.Said.Split('\n').Count(line => line.Contains("as UNREACHABLE", StringComparison.Ordinal)));
        var moves = ClusterJudge.NoDomainIsAskedFromTwoAddressesAtOnce(await site.LogAsync());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: {_soak.TotalMinutes} min with a busy loop on each core, load {ProcessCost.Load}: nobody downed, {suspicions} times a node was thought unreachable for a moment, {moves} moves"));
    }

    private static void Spin(CancellationToken until)
    {
        while (!until.IsCancellationRequested) Thread.SpinWait(10_000);
    }
}
