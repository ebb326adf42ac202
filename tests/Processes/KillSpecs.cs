using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>A crawl that is killed again and again, and started again by the same command.</summary>
public sealed class KillSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Pages = 40;
    private const int Kills = 4;
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(0.5);

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Seeds", "P-16+"), Trait("Seeds", "P-20+"), Trait("Seeds", "S-4")]
    public async Task Four_kills_lose_nothing_repeat_only_what_was_in_hand_and_never_hurry()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        output.WriteLine($"told: kill -9 at {Kills} random moments, seed {seed}{(Punctual.IsAllowed ? "" : "; the site cannot run at real-time priority here, so a busy machine may make gaps look short")}");
        // Slow answers keep a few requests in flight at this delay, so that there is something in hand to kill.
        await using var site = await ScriptedSiteProcess.StartAsync(punctual: true, "--pages", $"{Pages}", "--crawl-delay", "0.5", "--latency-ms", "400", "--jitter-ms", "500");
        _place.Learned(site.UrlByAddress(), TimeSpan.FromMilliseconds(50));
        string[] command = ["crawl", site.UrlByAddress(), "--allow-private", "--concurrency", "4", "--data", _place.Folder, "--json", _place.Beside("sums.json")];

        var judge = new KillJudge(url => new Uri(url).PathAndQuery);
        for (var kill = 0; kill < Kills; kill++)
        {
            var moment = kill * Pages / Kills + chance.Next(1, Pages / Kills);
            await using var doomed = AmbleProcess.Start(command);
            await Until.TrueAsync($"request {moment}", async () => doomed.HasEnded || (await site.LogAsync()).Count >= moment);
            await Task.Delay(chance.Next(0, 900));
            Assert.False(doomed.HasEnded, $"It ended before it was killed: {doomed.Err}");
            await doomed.KillAsync();
            await Until.TrueAsync("the site to be quiet", async () => (await site.LogAsync()).All(request => request.LeftMs is not null));
            judge.Killed(await site.LogAsync(), _place.Look());
        }
        (await AmbleProcess.RunAsync(command)).AssertCode(0);

        var log = await site.LogAsync();
        judge.NothingIsLost(_place.Look(), Pages);
        Assert.Empty((await site.StatsOfAsync(1)).Missing);
        var repeats = judge.NothingIsAskedAgainButWhatWasInHand(log);
        var gap = KillJudge.TheGapsHold(log, _delay);
        ProofJudge.Holds(_place.ReadJson("sums.json"), log, judge.InHand.Sum() + Kills);
        Assert.Equal(Pages, (int)_place.ReadJson("sums.json")["ok"]!);
        output.WriteLine($"told: {Pages} of {Pages} pages after {Kills} kills; in hand at them {string.Join(", ", judge.InHand)}, asked again {repeats}; shortest gap {gap:0} ms of {_delay.TotalMilliseconds:0} ms");
    }
}
