using System.Text.Json.Nodes;
using Amble.App.Sql;
using Xunit;

namespace Amble.Processes.Specs;

/// <summary>What has expired goes when somebody says so, beside a running serve or alone.</summary>
[Trait("Seeds", "R-5")]
public sealed class PurgeSpecs : IDisposable
{
    private const int Pages = 300;
    private readonly DataPlace _place = new();

    public PurgeSpecs()
    {
        using var store = SqliteStore.Open(_place.Folder, Stored.Unpack);
        ExpiredCrawls.Put(store, jobs: 1, Pages, TimeSpan.FromHours(144));
    }

    [Fact]
    public async Task Alone_it_deletes_what_has_expired_and_says_what_went()
    {
        var purge = (await AmbleProcess.RunAsync("purge", "--data", _place.Folder)).AssertCode(0);
        // Visits one by one, and what hung on the job; details and requests by period.
        Assert.Matches(@"^\d+ rows and 2 periods \([\d.]+ MB\) are gone, in [\d.]+ s\.", purge.Out);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_place.Folder, "periods")));
        Assert.StartsWith("Nothing had expired.", (await AmbleProcess.RunAsync("purge", "--data", _place.Folder)).AssertCode(0).Out, StringComparison.Ordinal);
        var left = _place.Look();
        Assert.Empty(left.Contradictions);
        Assert.Equal((0, (long)Pages), (left.Visits.Count, left.Job.Counts.Ok));
    }

    [Fact]
    public async Task Beside_a_running_serve_that_one_does_it_and_tells_of_it_in_health_and_inspect()
    {
        var port = Ports.Free();
        await using var serve = AmbleProcess.Start("serve", "--http", $"127.0.0.1:{port}", "--data", _place.Folder);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await Until.TrueAsync("serve", async () => serve.HasEnded || await IsReadyAsync(http));

        // Serve has begun by itself; what is left goes now.
        Assert.Matches("are gone|^Nothing had expired", (await AmbleProcess.RunAsync("purge", "--data", _place.Folder)).AssertCode(0).Out);
        var health = JsonNode.Parse(await http.GetStringAsync("healthz"))!["retention"]!;
        Assert.Equal((0, 0, 0), ((long)health["visits"]!, (long)health["details"]!, (double)health["lagSeconds"]!));
        var inspected = (await AmbleProcess.RunAsync("inspect", "retention", "--data", _place.Folder)).AssertCode(0);
        Assert.StartsWith("Nothing that has expired is late to go.", inspected.Out, StringComparison.Ordinal);
        serve.Interrupt();
        (await serve.EndAsync()).AssertCode(0);
    }

    public void Dispose() => _place.Dispose();

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("readyz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
