using System.Globalization;
using Amble.Messages;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>A large site with traps: every page once, and nothing that robots.txt keeps out.</summary>
[Collection(LongRuns.Name)]
public sealed class LongCoverageSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Pages = 5_000;

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Run", "Long")]
    public async Task Five_thousand_pages_with_traps_are_each_asked_for_once()
    {
        await using var site = await JudgeSite.StartAsync(output, punctual: false, "--pages", $"{Pages}", "--traps");
        await using var crawl = AmbleProcess.Start(
            "crawl", site.Home, "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--unpaced", "--data", _place.Folder, "--json", _place.Beside("sums.json"));
        (await crawl.EndAsync(TimeSpan.FromMinutes(10))).AssertCode(0);

        var stats = await site.StatsAsync(Pages);
        var asked = (await site.LogAsync()).CountBy(request => request.Path).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: {Pages} pages with traps: {stats.Covered} covered, {stats.FetchedTwice} fetched twice, {stats.RobotsViolations} against robots.txt, {stats.Requests} requests, {(double)_place.ReadJson("sums.json")["seconds"]!:0.0} s unpaced"));
        Assert.Equal((Pages, 0, 0), (stats.Covered, stats.FetchedTwice, stats.RobotsViolations));
        Assert.Empty(stats.Missing);
        Assert.True(stats.RobotsFirst);
        Assert.All(asked, path => Assert.Equal((path.Key, 1), (path.Key, path.Value)));
        var stored = _place.Look();
        Assert.Empty(stored.Contradictions);
        Assert.Equal(JobState.Completed, stored.Job.State);
    }
}
