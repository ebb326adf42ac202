using Amble.Host.Specs.Settings;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>Nodes that show each other certificates of one authority are a cluster; whoever has none, or another's, stays outside and says so.</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongMutualTlsSpecs(ITestOutputHelper output)
{
    private const string Password = "one password for the test";

    [Fact, Trait("Run", "Long")]
    public async Task Only_whoever_has_a_certificate_of_the_nodes_authority_is_let_in()
    {
        using var place = new DataPlace();
        using var ours = new TestAuthority("ours");
        using var theirs = new TestAuthority("theirs");
        await using var site = await ScriptedSites.ScriptedSiteProcess.StartAsync("--domains", "6", "--pages", "3", "--crawl-delay", "0.2");
        await using var cluster = await ClusterOfProcesses.PrepareAsync(4, site.Port, seeds: 2, settingsOf: number => number switch
        {
            1 or 2 => Shows(place, ours, number),
            3 => Shows(place, theirs, number),
            _ => new Dictionary<string, string>(),
        });
        foreach (var number in new[] { 1, 2 }) cluster[number].Start();
        foreach (var number in new[] { 1, 2 }) await cluster[number].ReadyAsync();
        foreach (var number in new[] { 3, 4 }) cluster[number].Start();

        var jobs = new List<long>();
        for (var domain = 1; domain <= 6; domain++) jobs.Add(await cluster[1 + domain % 2].CreateJobAsync(site.UrlOf(domain)));
        Assert.All(await cluster[2].EndedAsync(jobs), job => Assert.Equal("completed", (string)job["state"]!));
        Assert.Equal([cluster[1].Address, cluster[2].Address], (await site.LogAsync()).Select(SiteLog.Node).Distinct().Order());

        Assert.All((await cluster[3].EndAsync()).Refused(faults: 2), problem => Assert.EndsWith("every node needs one of the same authority (AMBLE_CLUSTER_CERTIFICATE).", problem));
        await Until.TrueAsync("the nodes to say why they do not take it in", () => cluster[1].Said.Contains("that no authority in this node's own file has signed", StringComparison.Ordinal));
        await Until.TrueAsync("the one without a certificate to say that nobody takes it in", () => cluster[4].Said.Contains("No node takes this one in", StringComparison.Ordinal));
        Assert.False(await cluster[4].IsReadyAsync());
        Assert.True(await cluster[1].IsReadyAsync());
        Assert.True(await cluster[2].IsReadyAsync());
        output.WriteLine("told: two nodes joined over mutual TLS and crawled; one with another authority's certificate and one without any stayed outside");
    }

    private static Dictionary<string, string> Shows(DataPlace place, TestAuthority authority, int number)
    {
        var file = place.Beside($"node{number}.pfx");
        File.WriteAllBytes(file, authority.FileFor($"node{number}", Password));
        return new() { ["AMBLE_CLUSTER_CERTIFICATE"] = file, ["AMBLE_CLUSTER_CERTIFICATE_PASSWORD"] = Password };
    }
}
