using System.Text.Json.Nodes;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Processes.Specs;

/// <summary>Operators look into a crawl while it runs, and into what it left (S-8).</summary>
[Trait("Seeds", "S-8")]
public sealed class InspectSpecs : IDisposable
{
    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    private async Task<JsonObject> InspectAsync(params string[] words)
    {
        var outcome = (await AmbleProcess.RunAsync(["inspect", .. words, "--json", "--data", _place.Folder])).AssertCode(0);
        return JsonNode.Parse(outcome.Out)!.AsObject();
    }

    private static JsonArray Rows(JsonObject answer, string table) => answer["tables"]!.AsArray().Single(one => (string)one!["name"]! == table)!["rows"]!.AsArray();

    private static JsonObject Row(JsonObject answer, string table) => Rows(answer, table)[0]!.AsObject();

    private static string Said(JsonObject answer) => string.Join(' ', answer["sentences"]!.AsArray().Select(one => (string)one!));

    [Fact]
    public async Task A_live_crawl_and_what_it_left_can_be_looked_into()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", "60");
        // So slow that what is to be asked last is still to be asked when all has been looked at.
        _place.Learned(site.UrlByAddress(), TimeSpan.FromSeconds(5));
        var host = $"127.0.0.1:{site.Port}";
        string last;
        string[] command = ["crawl", site.UrlByAddress(), "--allow-private", "--data", _place.Folder];
        await using (var crawl = AmbleProcess.Start(command))
        {
            await Until.TrueAsync("the first page", async () => crawl.HasEnded || (await site.StatsOfAsync(1)).Covered >= 1);
            await Until.TrueAsync("pages that are due", async () => crawl.HasEnded || Rows(await InspectAsync("domain", host), "next").Count > 1);

            var domains = await InspectAsync("domains");
            Assert.StartsWith("1 domain is awake.", Said(domains), StringComparison.Ordinal);
            Assert.Equal(host, (string)Row(domains, "awake")["domain"]!);
            Assert.True((double)Row(domains, "awake")["delaySeconds"]! > 0);

            var domain = await InspectAsync("domain", host);
            Assert.StartsWith($"{host} is awake: ", Said(domain), StringComparison.Ordinal);
            Assert.NotNull(Row(domain, "clocks")["lastGoodAt"]);
            Assert.Equal("woke", (string)Row(domain, "decisions")["what"]!);
            last = (string)Rows(domain, "next")[^1]!["url"]!;

            Assert.StartsWith("Job 1: it is due; ", Said(await InspectAsync("why", last)), StringComparison.Ordinal);
            Assert.Contains("ended as ok with HTTP 200, after one request.", Said(await InspectAsync("why", site.UrlByAddress())), StringComparison.Ordinal);
            Assert.Contains(" is not known: ", Said(await InspectAsync("why", site.UrlByAddress() + "nobody/links/here")), StringComparison.Ordinal);
            Assert.Equal("running", (string)Row(await InspectAsync("jobs"), "jobs")["state"]!);
            Assert.True((long)Row(await InspectAsync("writer"), "writer")["turns"]! > 0);
            Assert.Equal("One node owns every domain: this process.", Said(await InspectAsync("shards")));
            crawl.Interrupt();
            (await crawl.EndAsync()).AssertCode(130);
        }

        Assert.StartsWith($"No node runs on '{_place.Folder}'; its store says: This is what the store has of {host}.", Said(await InspectAsync("domain", host)), StringComparison.Ordinal);
        Assert.Contains("nobody asks for it", Said(await InspectAsync("why", last)), StringComparison.Ordinal);
        Assert.Single((await AmbleProcess.RunAsync("inspect", "domains", "--data", _place.Folder)).Refused());
        Assert.Empty(_place.Look().Contradictions);
    }
}
