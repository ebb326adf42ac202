using System.Text.Json.Nodes;
using Amble.App.Sql.Postgres;
using Amble.Host.Specs.Sql.Postgres;
using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>A crawl whose PostgreSQL server, and then whose own process, is killed in the middle of it.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class PostgresKillSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Pages = 300;

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Seeds", "S-3"), Trait("Seeds", "S-4")]
    public async Task A_crawl_goes_on_by_itself_when_its_server_is_back_and_by_the_same_command_when_it_was_killed_itself()
    {
        await using var postgres = await PostgresServer.StartAsync(isDurable: true);
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", $"{Pages}", "--latency-ms", "20");
        var environment = new Dictionary<string, string> { ["AMBLE_DATA"] = _place.Folder, ["AMBLE_POSTGRES"] = postgres.Connection };
        string[] command = ["crawl", site.UrlByAddress(), "--allow-private", "--unpaced", "--concurrency", "4", "--json", _place.Beside("sums.json")];

        await using (var crawl = AmbleProcess.Start(environment, command))
        {
            await AskedAsync(site, crawl, Pages / 4);
            postgres.Kill();
            await postgres.StartAsync();
            await AskedAsync(site, crawl, Pages / 2);
            await crawl.KillAsync();
        }
        var acknowledged = Visits(postgres);
        await using (var again = AmbleProcess.Start(environment, command)) (await again.EndAsync()).AssertCode(0);

        var end = Visits(postgres);
        Assert.Equal(Pages, end.Count);
        Assert.All(acknowledged, visit => Assert.Equal(visit.Value, end[visit.Key]));
        Assert.Empty((await site.StatsOfAsync(1)).Missing);
        Assert.Equal(Pages, (int)JsonNode.Parse(File.ReadAllText(_place.Beside("sums.json")))!["ok"]!);
        output.WriteLine($"told: {Pages} of {Pages} pages on PostgreSQL after a kill -9 of the server and one of the crawl; {acknowledged.Count} were stored before that");
    }

    private static Task AskedAsync(ScriptedSiteProcess site, AmbleProcess crawl, int requests) => Until.TrueAsync($"request {requests}", async () =>
    {
        Assert.False(crawl.HasEnded, $"It ended before it was killed: {crawl.Err}");
        return (await site.LogAsync()).Count >= requests;
    });

    /// <summary>When each page's stored visit began; the tables agree with each other.</summary>
    private static Dictionary<string, DateTimeOffset> Visits(PostgresServer postgres)
    {
        using var store = PostgresStore.Open(postgres.Connection, Stored.Unpack, null, "a spec");
        Assert.Empty(store.CheckConsistency());
        var job = Assert.Single(store.Reads.ReadJobs(10, null, null));
        return store.Reads.ReadVisits(job.Job.Id, null, Pages + 1, null).ToDictionary(visit => visit.Url.Text, visit => visit.StartedAt);
    }
}
