using System.Diagnostics;
using System.Globalization;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>How long a cluster takes to begin, to notice a death and to let somebody go: each of these spans is promised, whatever the machine.</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongClusterTimesSpecs(ITestOutputHelper output)
{
    private const int Domains = 60;

    private static readonly TimeSpan _newNode = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _restarted = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _answered = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _left = TimeSpan.FromSeconds(3);

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-6")]
    public async Task New_nodes_serve_within_5_s_and_one_restarted_on_its_port_within_15()
    {
        await using var site = await ScriptedSiteProcess.StartAsync();
        await using var cluster = await ClusterOfProcesses.PrepareAsync(3, site.Port);
        var begun = await Task.WhenAll(cluster.Nodes.Select(StartedAsync));
        var again = new List<TimeSpan>();
        foreach (var node in cluster.Nodes)
        {
            await node.KillAsync();
            again.Add(await StartedAsync(node));
        }
        output.WriteLine($"told: start to serving: three new nodes at once {Seconds(begun)}; killed and started again on the same port {Seconds(again)}");
        Assert.All(begun, span => Assert.True(span <= _newNode, $"A new node served after {span}."));
        Assert.All(again, span => Assert.True(span <= _restarted, $"A restarted node served after {span}."));
    }

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-6")]
    public async Task Every_domain_of_a_killed_node_answers_elsewhere_within_10_s()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--domains", $"{Domains}", "--pages", "60", "--crawl-delay", "2");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        await BeginAsync(cluster, site);
        var spans = new List<TimeSpan>();
        // The first is the oldest: it has the writer, the waker and the coordinators.
        foreach (var number in new[] { 1, 2, 3 })
        {
            var dead = cluster[number];
            var other = cluster[1 + number % 3];
            var owned = await OwnedAsync(site, dead);
            Assert.NotEmpty(owned);
            await dead.KillAsync();
            var killedAt = Stopwatch.GetTimestamp();
            await Task.WhenAll(owned.Select(domain => AnswersAsync(other, new Uri(site.UrlOf(domain)).Authority)));
            spans.Add(Stopwatch.GetElapsedTime(killedAt));
            dead.Start();
            await dead.ReadyAsync();
        }
        output.WriteLine($"told: `inspect domain` of every domain of a killed node, answered by another: after {Seconds(spans)}");
        Assert.All(spans, span => Assert.True(span <= _answered, $"A domain answered after {span}."));
    }

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-6")]
    public async Task A_node_leaves_in_order_within_3_s()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--domains", $"{Domains}", "--pages", "60", "--crawl-delay", "2");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        await BeginAsync(cluster, site);
        var spans = new List<TimeSpan>();
        foreach (var node in cluster.Nodes)
        {
            var from = Stopwatch.GetTimestamp();
            (await node.LeaveAsync()).AssertCode(0);
            spans.Add(Stopwatch.GetElapsedTime(from));
            node.Start();
            await node.ReadyAsync();
        }
        output.WriteLine($"told: leave in order, Ctrl-C to the end of the process: {Seconds(spans)}");
        Assert.All(spans, span => Assert.True(span <= _left, $"A node left after {span}."));
    }

    private static async Task<TimeSpan> StartedAsync(NodeProcess node)
    {
        var from = Stopwatch.GetTimestamp();
        node.Start();
        await node.ReadyAsync();
        return Stopwatch.GetElapsedTime(from);
    }

    private static async Task BeginAsync(ClusterOfProcesses cluster, ScriptedSiteProcess site)
    {
        for (var domain = 1; domain <= Domains; domain++) await cluster[1 + domain % cluster.Nodes.Count].CreateJobAsync(site.UrlOf(domain));
        await Until.TrueAsync("requests from every node", async () =>
        {
            var log = await site.LogAsync();
            return log.Count > 2 * Domains && cluster.Nodes.All(node => SiteLog.DomainsOf(log, node).Count > 0);
        });
    }

    /// <summary>The domains that were asked last from this node.</summary>
    private static async Task<IReadOnlyList<int>> OwnedAsync(ScriptedSiteProcess site, NodeProcess node) =>
        [.. (await site.LogAsync()).GroupBy(request => request.Domain).Where(domain => SiteLog.Node(domain.MaxBy(request => request.Number)!) == node.Address).Select(domain => domain.Key)];

    // It is awake somewhere and says so; what the store has of it is no answer.
    private static Task AnswersAsync(NodeProcess node, string domain) => Until.TrueAsync($"{domain} to answer", async () =>
        (await node.InspectAsync("domain", domain))?["tables"]?.AsArray().FirstOrDefault()?["rows"]?[0]?["doing"] is not null);

    private static string Seconds(IEnumerable<TimeSpan> spans) => string.Join(", ", spans.Select(span => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture))) + " s";
}
