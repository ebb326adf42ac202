using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>Three nodes on one machine, as three commands start them.</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class ThreeNodesSpecs(ITestOutputHelper output)
{
    private const int Domains = 12;

    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(1);

    [Fact, Trait("Seeds", "S-1"), Trait("Seeds", "S-5")]
    public async Task Three_commands_are_one_crawler_and_one_may_leave_in_the_middle()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--domains", $"{Domains}", "--pages", "5", "--crawl-delay", "0.3");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        var jobs = await BeginAsync(cluster, site);
        await AskedByAllAsync(cluster, site);
        await Until.TrueAsync("each node's health to name three members that see each other", async () => (await Task.WhenAll(cluster.Nodes.Select(node => node.SeesAllAsync(3)))).All(sees => sees));
        var left = await cluster[3].LeaveAsync();
        left.AssertCode(0);
        await AllIsFoundOnceAsync(cluster[1], jobs, site, pages: 5);
        output.WriteLine($"told: {Domains} domains crawled by three nodes, of which one left in the middle");
    }

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-4"), Trait("Seeds", "S-6")]
    public async Task The_domains_of_a_killed_node_go_on_elsewhere_at_their_pace()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--domains", $"{Domains}", "--pages", "40", "--crawl-delay", "1");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        var jobs = await BeginAsync(cluster, site);
        await AskedByAllAsync(cluster, site);
        var owned = SiteLog.DomainsOf(await site.LogAsync(), cluster[2]);
        await cluster[2].KillAsync();
        await GoneOnAsync(cluster[2], owned, site);
        cluster[2].Start();
        await cluster[2].ReadyAsync();
        await AllIsFoundAsync(cluster[2], jobs, site, pages: 40);
        ClusterJudge.NoStartIsEarlierThanItsPace(await site.LogAsync(), _delay);
    }

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-5")]
    public async Task A_frozen_node_asks_nothing_once_it_thaws_and_ends_itself()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--domains", $"{Domains}", "--pages", "60", "--crawl-delay", "1");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        var jobs = await BeginAsync(cluster, site);
        await AskedByAllAsync(cluster, site);
        var owned = SiteLog.DomainsOf(await site.LogAsync(), cluster[1]);
        cluster[1].Freeze();
        await GoneOnAsync(cluster[1], owned, site);
        var before = (await site.LogAsync()).Count;
        cluster[1].Thaw();
        Assert.Equal(2, (await cluster[1].EndAsync()).Code);
        Assert.DoesNotContain((await site.LogAsync()).Skip(before), request => SiteLog.Node(request) == cluster[1].Address);
        await AllIsFoundAsync(cluster[2], jobs, site, pages: 60);
        ClusterJudge.NoStartIsEarlierThanItsPace(await site.LogAsync(), _delay);
    }

    private static async Task<IReadOnlyList<long>> BeginAsync(ClusterOfProcesses cluster, ScriptedSiteProcess site)
    {
        var jobs = new List<long>();
        for (var domain = 1; domain <= Domains; domain++) jobs.Add(await cluster[1 + domain % cluster.Nodes.Count].CreateJobAsync(site.UrlOf(domain)));
        return jobs;
    }

    private static Task AskedByAllAsync(ClusterOfProcesses cluster, ScriptedSiteProcess site) => Until.TrueAsync("requests from every node", async () =>
    {
        var log = await site.LogAsync();
        return cluster.Nodes.All(node => log.Any(request => SiteLog.Node(request) == node.Address));
    });

    /// <summary>Waits until each of them was asked from another address than this node's.</summary>
    private static async Task GoneOnAsync(NodeProcess gone, IReadOnlyCollection<int> domains, ScriptedSiteProcess site)
    {
        var from = (await site.LogAsync()).Count;
        await Until.TrueAsync("all domains to be asked from elsewhere", async () =>
        {
            var since = (await site.LogAsync()).Skip(from).Where(request => SiteLog.Node(request) != gone.Address).Select(request => request.Domain).ToHashSet();
            return domains.All(since.Contains);
        });
    }

    private static async Task AllIsFoundAsync(NodeProcess node, IReadOnlyList<long> jobs, ScriptedSiteProcess site, int pages)
    {
        var ended = await node.EndedAsync(jobs);
        Assert.All(ended, job => Assert.Equal(("completed", pages), ((string)job["state"]!, (int)job["ok"]!)));
        var log = await site.LogAsync();
        ClusterJudge.NoDomainIsAskedFromTwoAddressesAtOnce(log);
        Assert.All(await site.StatsAsync(), domain => Assert.Empty(domain.Missing));
    }

    private static async Task AllIsFoundOnceAsync(NodeProcess node, IReadOnlyList<long> jobs, ScriptedSiteProcess site, int pages)
    {
        await AllIsFoundAsync(node, jobs, site, pages);
        ClusterJudge.NoStartIsEarlierThanItsPace(await site.LogAsync(), TimeSpan.FromSeconds(0.3));
    }
}
