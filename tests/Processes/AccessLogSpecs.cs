using System.Diagnostics;
using System.Text.Json.Nodes;
using Amble.App.Sql;
using Amble.Behaviours.AccessLog;
using Amble.Messages;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>The access log of a real <c>serve</c>: a stop in order loses nothing, a kill what it may, and both can be read afterwards.</summary>
public sealed class AccessLogSpecs(ITestOutputHelper output) : IDisposable
{
    private const string Page = "/bot";

    // Pages are asked for here as fast as they come.
    private static readonly Dictionary<string, string> _unlimited = new() { ["AMBLE_LIMITER__PERSECOND"] = "0" };

    private readonly DataPlace _place = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _place.Dispose();
    }

    [Fact, Trait("Seeds", "A-6")]
    public async Task A_stop_in_order_stores_every_hit_and_inspect_tells_of_them()
    {
        await using var serve = await ServeAsync();
        for (var i = 0; i < 30; i++) await _http.GetStringAsync(Page);
        var told = JsonNode.Parse((await AmbleProcess.RunAsync("inspect", "accesslog", "--json", "--data", _place.Folder)).AssertCode(0).Out)!;
        Assert.Equal(30, (long)told["tables"]!.AsArray().Single(table => (string)table!["name"]! == "intake")!["rows"]![0]!["offered"]!);
        serve.Interrupt();
        (await serve.EndAsync()).AssertCode(0);
        using var store = SqliteStore.Open(_place.Folder, Stored.Unpack);
        Assert.Equal(30, store.Reads.ReadKept().Sum(day => day.Hits));
        Assert.Equal(30, store.Reads.ReadViews(Page).Bots);
        Assert.Empty(store.Reads.ReadGaps(10));
        Assert.Empty(store.CheckConsistency());
    }

    [Fact, Trait("Seeds", "A-6"), Trait("Run", "Long")]
    public async Task A_kill_loses_a_batch_and_two_seconds_at_most_and_the_next_start_has_the_gap()
    {
        var answered = new List<DateTimeOffset>();
        DateTimeOffset killed;
        await using (var serve = await ServeAsync())
        {
            var began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(8))
            {
                await _http.GetStringAsync(Page);
                answered.Add(DateTimeOffset.UtcNow);
            }
            killed = DateTimeOffset.UtcNow;
            await serve.KillAsync();
        }
        long stored;
        using (var store = SqliteStore.Open(_place.Folder, Stored.Unpack)) stored = store.Reads.ReadKept().Sum(day => day.Hits);
        var lost = answered.Count - stored;
        var atMost = AccessLogSettings.Default.Batch + answered.Count(at => at > killed - AccessLogSettings.Default.Within - TimeSpan.FromSeconds(1));
        output.WriteLine($"told: {lost} of {answered.Count} hits lost by a kill -9; allowed were {atMost}");
        Assert.InRange(lost, 0, atMost);

        await using (var next = await ServeAsync())
        {
            next.Interrupt();
            (await next.EndAsync()).AssertCode(0);
        }
        using var after = SqliteStore.Open(_place.Folder, Stored.Unpack);
        var gap = Assert.Single(after.Reads.ReadGaps(10)).Gap;
        Assert.Equal((GapReason.Unknown, null), (gap.Reason, gap.Count));
        Assert.True(gap.From <= answered[(int)stored - 1] && gap.From > killed.AddSeconds(-5) && gap.To >= killed, $"{gap} does not tell what was lost until {killed:O}.");
        Assert.Equal(stored, after.Reads.ReadViews(Page).Bots);
        Assert.Empty(after.CheckConsistency());
    }

    private async Task<AmbleProcess> ServeAsync()
    {
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        _http.BaseAddress ??= address;
        var serve = AmbleProcess.Start(_unlimited, "serve", "--http", _http.BaseAddress.Authority, "--data", _place.Folder);
        await Until.TrueAsync("the first answer", async () =>
        {
            Assert.False(serve.HasEnded, $"It did not start: {serve.Err}");
            try
            {
                return (await _http.GetAsync("/readyz")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return serve;
    }
}
