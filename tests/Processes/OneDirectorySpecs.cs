using Amble.ScriptedSites;
using Xunit;

namespace Amble.Processes.Specs;

/// <summary>Two processes on one data directory.</summary>
public sealed class OneDirectorySpecs : IDisposable
{
    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_second_process_is_told_who_has_the_directory_and_the_first_goes_on()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", "4", "--latency-ms", "1000");
        await using var first = AmbleProcess.Start("crawl", site.UrlByAddress(), "--allow-private", "--data", _place.Folder);
        await Until.TrueAsync("the first request", async () => first.HasEnded || (await site.LogAsync()).Count > 0);

        foreach (var words in new string[][] { ["crawl", "http://127.0.0.1:9/", "--allow-private"], ["serve", "--http", "127.0.0.1:9"], ["cancel", "1"] })
        {
            var problem = (await AmbleProcess.RunAsync([.. words, "--data", _place.Folder])).Refused().Single();
            Assert.Equal(
                $"The data directory '{_place.Folder}' is in use by `amble crawl` (process {first.Id}); wait for it to end or name another one with --data DIR.", problem);
        }
        (await first.EndAsync()).AssertCode(0);
        var stored = _place.Look();
        Assert.Empty(stored.Contradictions);
        Assert.Equal((1, 4L), (stored.Jobs.Count, stored.Job.Counts.Ok));
    }

    [Fact]
    public async Task A_crawl_beside_a_running_serve_hands_its_job_over()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", "3", "--broken", "1");
        var port = Ports.Free();
        await using var serve = AmbleProcess.Start("serve", "--http", $"127.0.0.1:{port}", "--allow-private", "--data", _place.Folder);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await Until.TrueAsync("serve to be ready", async () => serve.HasEnded || await IsReadyAsync(http));

        var crawl = await AmbleProcess.RunAsync("crawl", site.UrlByAddress(), "--allow-private", "--data", _place.Folder, "--json", _place.Beside("sums.json"));
        crawl.AssertCode(1);
        Assert.Contains("/missing/1", crawl.Out, StringComparison.Ordinal);
        Assert.Equal(("completed", 3, 1), ((string)_place.ReadJson("sums.json")["state"]!, (int)_place.ReadJson("sums.json")["ok"]!, (int)_place.ReadJson("sums.json")["broken"]!));
        Assert.Contains("\"state\":\"completed\"", await http.GetStringAsync("api/jobs/1"), StringComparison.Ordinal);

        // What serve was not started with cannot be asked of it.
        var refused = (await AmbleProcess.RunAsync("crawl", site.UrlByAddress(), "--allow-private", "--unpaced", "--data", _place.Folder)).Refused().Single();
        Assert.StartsWith($"`amble serve` (process {serve.Id}) has the data directory '{_place.Folder}' and runs without --unpaced; ", refused, StringComparison.Ordinal);

        serve.Interrupt();
        (await serve.EndAsync()).AssertCode(0);
        Assert.Empty(_place.Look().Contradictions);
        var stats = await site.StatsOfAsync(1);
        Assert.Equal((3, 0), (stats.Covered, stats.FetchedTwice));
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
