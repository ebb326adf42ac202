using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>All nodes are replaced, one after the other, while they crawl and people read.</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongRollingRestartSpecs(ITestOutputHelper output)
{
    private const int Domains = 30;
    private const int Pages = 30;
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(2);

    [Fact, Trait("Run", "Long"), Trait("Seeds", "S-6"), Trait("Seeds", "S-7")]
    public async Task A_rolling_restart_fails_no_page_request_and_loses_no_url()
    {
        await using var site = await ScriptedSiteProcess.StartAsync(punctual: true, "--domains", $"{Domains}", "--pages", $"{Pages}", "--crawl-delay", "2");
        await using var cluster = await ClusterOfProcesses.StartAsync(3, site.Port);
        var jobs = new List<long>();
        for (var domain = 1; domain <= Domains; domain++) jobs.Add(await cluster[1 + domain % 3].CreateJobAsync(site.UrlOf(domain)));
        await Until.TrueAsync("the crawl to be under way", async () => (await site.LogAsync()).Count > 3 * Domains);

        await using var reader = new RetryingReader([.. cluster.Nodes.Select(node => node.Door)], ["", $"jobs/{jobs[0]}", $"jobs/{jobs[^1]}", "readyz", $"api/jobs/{jobs[1]}"]);
        foreach (var node in cluster.Nodes)
        {
            (await node.LeaveAsync()).AssertCode(0);
            node.Start();
            await node.ReadyAsync();
        }
        await reader.EndAsync();
        var ended = await cluster[1].EndedAsync(jobs);

        Assert.Equal(0, reader.Failed);
        Assert.All(ended, job => Assert.Equal(("completed", Pages), ((string)job["state"]!, (int)job["ok"]!)));
        ClusterJudge.NothingIsLost(StoredInPostgres.Of(cluster.Postgres), [], Domains * Pages);
        var log = await site.LogAsync();
        ClusterJudge.NoDomainIsAskedFromTwoAddressesAtOnce(log);
        ClusterJudge.NoStartIsEarlierThanItsPace(log, _delay);
        var repeats = ClusterJudge.NothingIsAskedAgainButWhatWasInHand(log.Where(request => request.Path != "/robots.txt").ToList(), []);
        output.WriteLine($"told: all of three nodes restarted one after the other: {reader.Failed} of {reader.Read} page requests failed ({reader.Retried} tries went to another node), {Domains * Pages} pages, {repeats} asked twice");
    }
}
