using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>One long crawl, killed at twenty random moments, judged by a site that nobody here wrote where it is there.</summary>
[Collection(LongRuns.Name)]
public sealed class LongKillSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Pages = 2_000;
    private const int Kills = 20;
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(0.2);

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-16+"), Trait("Seeds", "S-4")]
    public async Task Twenty_kills_lose_nothing_repeat_only_what_was_in_hand_and_never_hurry()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        await using var site = await JudgeSite.StartAsync(output, punctual: true, "--pages", $"{Pages}", "--crawl-delay", "0.2", "--latency-ms", "100", "--jitter-ms", "300");
        string[] command =
        [
            "crawl", site.Home, "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--data", _place.Folder, "--json", _place.Beside("sums.json"),
        ];
        var judge = new KillJudge(url => new Uri(url).PathAndQuery);
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => chance.Next(1, Pages - 20)).Order().ToList())
        {
            await using var doomed = AmbleProcess.Start(command);
            await Until.TrueAsync(
                $"request {moment}", async () => doomed.HasEnded || await site.CountAsync() >= moment, TimeSpan.FromMinutes(20), TimeSpan.FromMilliseconds(500));
            await Task.Delay(chance.Next(0, 1_500));
            Assert.False(doomed.HasEnded, $"It ended before it was killed: {doomed.Err}");
            await doomed.KillAsync();
            await Until.TrueAsync("the site to be quiet", async () => (await site.LogAsync()).All(request => request.LeftMs is not null));
            judge.Killed(await site.LogAsync(), _place.Look());
        }
        await using (var last = AmbleProcess.Start(command)) (await last.EndAsync(TimeSpan.FromMinutes(20))).AssertCode(0);

        var log = await site.LogAsync();
        var end = _place.Look();
        var gaps = log.Zip(log.Skip(1), (one, next) => next.ArrivedMs - one.ArrivedMs).Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: kill -9 at {Kills} random moments of {Pages} pages (seed {seed}): {end.Job.Counts.Ok} ok, {log.Count} requests, in hand at the kills {string.Join(' ', judge.InHand)}, gaps: shortest {gaps[0]:0.0} ms, 1st percentile {gaps[gaps.Count / 100]:0.0} ms of {_delay.TotalMilliseconds:0} (by the crawl's own record the shortest is {_place.ShortestOwnGap():0.0} ms), {(log[^1].ArrivedMs - log[0].ArrivedMs) / 1000:0} s"));
        judge.NothingIsLost(end, Pages);
        Assert.Empty((await site.StatsAsync(Pages)).Missing);
        output.WriteLine($"told: asked again {judge.NothingIsAskedAgainButWhatWasInHand(log)}, of {judge.InHand.Sum()} in hand at the kills");
        Assert.True(_place.ShortestOwnGap() >= _delay.TotalMilliseconds);
        KillJudge.TheGapsHold(log, _delay);
    }
}
