using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>A throttled crawl that is killed three times still tells what the site's log tells, but for what was in hand.</summary>
[Collection(LongRuns.Name)]
public sealed class LongProofSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Pages = 150;
    private const int Kills = 3;

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-20+"), Trait("Seeds", "S-4")]
    public async Task A_throttled_crawl_that_is_killed_says_what_the_sites_log_says()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        await using var site = await JudgeSite.StartAsync(output, punctual: true, "--pages", $"{Pages}", "--rate", "5", "--burst", "5", "--latency-ms", "60", "--jitter-ms", "400", "--retry-after", "auto");
        // It begins as fast as a domain may that is known: so it is refused before it is killed.
        string[] command =
            ["crawl", site.Home, "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--data", _place.Folder, "--json", _place.Beside("sums.json")];
        var judge = new KillJudge(url => new Uri(url).PathAndQuery);
        for (var kill = 0; kill < Kills; kill++)
        {
            var moment = kill * Pages / Kills + chance.Next(10, Pages / Kills);
            await using var doomed = AmbleProcess.Start(command);
            await Until.TrueAsync($"request {moment}", async () => doomed.HasEnded || await site.CountAsync() >= moment);
            await doomed.KillAsync();
            await Until.TrueAsync("the site to be quiet", async () => (await site.LogAsync()).All(request => request.LeftMs is not null));
            judge.Killed(await site.LogAsync(), _place.Look());
        }
        await using var last = AmbleProcess.Start(command);
        (await last.EndAsync(TimeSpan.FromMinutes(5))).AssertCode(0);

        var (sums, log) = (_place.ReadJson("sums.json"), await site.LogAsync());
        ProofJudge.Holds(sums, log, judge.InHand.Sum() + Kills);
        output.WriteLine($"told: seed {seed}, {Kills} kills: {log.Count} requests in the site's log, {sums["requests"]} told, in hand {string.Join(", ", judge.InHand)}; refused {log.Count(request => request.Status == 429)} and {sums["throttled"]}; least gap {sums["leastGapSeconds"]} s");
    }
}
