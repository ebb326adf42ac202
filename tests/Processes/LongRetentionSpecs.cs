using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amble.App.Sql;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>
/// A spike of crawling, 5.6 times the base, has expired: it goes while the crawl at the base rate goes on, through a kill −9 in the middle.
/// No loop of death: health answers, memory is bounded, the purge goes on at every look and comes to its end.
/// </summary>
[Collection(LongRuns.Name)]
public sealed class LongRetentionSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Jobs = 20;
    private const int PagesOfJob = 5_000;
    private const int BasePages = 1_500;
    private const long MostMemory = 400L << 20;
    // Slices small and far apart: by itself this much goes in two seconds, which is too short to watch.
    private static readonly Dictionary<string, string> _slow = new() { ["AMBLE_RETENTION__SLICEMS"] = "1", ["AMBLE_RETENTION__PAUSEMS"] = "300" };
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(15);

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Run", "Long"), Trait("Seeds", "R-7")]
    public async Task A_spike_that_expires_is_gone_in_the_end_whoever_is_killed_meanwhile()
    {
        using (var store = SqliteStore.Open(_place.Folder, Stored.Unpack)) ExpiredCrawls.Put(store, Jobs, PagesOfJob, TimeSpan.FromHours(150));
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", $"{BasePages}", "--latency-ms", "20");
        var port = Ports.Free();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(30) };
        var (answers, samples, memory) = (new List<double>(), 0, 0L);

        await using (var doomed = Serve(port))
        {
            await UntilReadyAsync(doomed, http);
            (await http.PostAsync("api/jobs", JsonContent.Create(new { url = site.UrlByAddress() }))).EnsureSuccessStatusCode();
            await WatchAsync(doomed, (visits, _) => visits < Jobs * PagesOfJob / 2);
            await doomed.KillAsync();
        }
        await using var serve = Serve(port);
        await UntilReadyAsync(serve, http);
        await WatchAsync(serve, (visits, lag) => visits <= BasePages && lag == 0);
        serve.Interrupt();
        (await serve.EndAsync()).AssertCode(0);

        answers.Sort();
        var p99 = answers[(int)(0.99 * answers.Count)];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: a spike of {Jobs * PagesOfJob:N0} expired visits goes beside a crawl and through a kill -9: health p99 {p99:0.0} ms, worst {answers[^1]:0.0} ms of {answers.Count:N0}, peak memory {memory >> 20} MB, progress at each of {samples} samples"));
        Assert.InRange(answers.Count, 1_000, int.MaxValue);
        Assert.InRange(samples, 4, int.MaxValue);
        Assert.InRange(p99, 0, 100);
        Assert.InRange(memory, 0, MostMemory);
        Assert.Empty(_place.Look().Contradictions);

        async Task WatchAsync(AmbleProcess process, Func<long, double, bool> isEnough)
        {
            var begunAt = Stopwatch.GetTimestamp();
            using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            var before = long.MaxValue;
            for (var (visits, lag, looks) = (long.MaxValue, double.MaxValue, 0); !isEnough(visits, lag); looks++)
            {
                Assert.True(Stopwatch.GetElapsedTime(begunAt) < _longest, $"{visits} visits are left after {_longest.TotalMinutes} min.");
                Assert.False(process.HasEnded, process.Err);
                var askedAt = Stopwatch.GetTimestamp();
                var health = await HealthAsync(http);
                answers.Add(Stopwatch.GetElapsedTime(askedAt).TotalMilliseconds);
                (visits, lag) = ((long)health["retention"]!["visits"]!, (double)health["retention"]!["lagSeconds"]!);
                memory = Math.Max(memory, process.PeakMemory ?? 0);
                // Never starved: in ten seconds something went.
                if (looks % 500 == 0 && visits > BasePages)
                {
                    Assert.True(visits < before, $"{visits} visits are left, as many as ten seconds ago.");
                    before = visits;
                    samples++;
                }
                await rounds.WaitForNextTickAsync();
            }
        }
    }

    private AmbleProcess Serve(int port) => AmbleProcess.Start(
        _slow, "serve", "--http", $"127.0.0.1:{port}", "--data", _place.Folder, "--allow-private");

    private static async Task<JsonObject> HealthAsync(HttpClient http) => JsonNode.Parse(await http.GetStringAsync("healthz"))!.AsObject();

    private static Task UntilReadyAsync(AmbleProcess serve, HttpClient http) => Until.TrueAsync("serve", async () =>
    {
        Assert.False(serve.HasEnded, serve.Err);
        try
        {
            return (await http.GetAsync("readyz")).IsSuccessStatusCode && (await HealthAsync(http))["retention"] is not null;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });
}
