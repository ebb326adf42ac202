using System.Globalization;
using Amble.Messages;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>Large sites with traps, odd markup and troubles: every page once, and nothing that robots.txt keeps out.</summary>
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

    [Fact, Trait("Run", "Long")]
    public async Task Odd_markup_redirects_traps_and_pages_that_fail_at_first_or_always_hide_no_page()
    {
        const int OddPages = 2_000;
        string[] troubles = ["--redirects", "0.1", "--flaky", "0.05", "--flaky-times", "2", "--err", "0.01", "--traps"];
        await using var site = await JudgeSite.StartAsync(output, punctual: false, ["--pages", $"{OddPages}", "--messy", "0.3", .. troubles]);
        await using var crawl = AmbleProcess.Start(
            "crawl", site.Home, "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--unpaced", "--data", _place.Folder, "--json", _place.Beside("sums.json"));
        (await crawl.EndAsync(TimeSpan.FromMinutes(10))).AssertCode(1);

        var stats = await site.StatsAsync(OddPages);
        var asked = (await site.LogAsync()).GroupBy(request => request.Path).ToDictionary(path => path.Key, path => path.Select(request => request.Status!.Value).ToList());
        var (always, first, moved) = (Paths([500, 500, 500, 500, 500, 500]), Paths([503, 503, 200]), Paths([301]));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: {OddPages} odd pages: {stats.Covered} covered, {always.Count} always broken, {first.Count} answered at the third time, {moved.Count} redirects, {stats.FetchedTwice} fetched twice, {stats.RobotsViolations} against robots.txt or in a trap, {stats.Requests} requests"));
        Assert.Equal((OddPages - always.Count, 0, 0), (stats.Covered, stats.FetchedTwice, stats.RobotsViolations));
        Assert.All((int[])[always.Count, first.Count, moved.Count], count => Assert.True(count > 5));
        Assert.Empty(asked.Where(path => path.Value is not ([200] or [301] or [503, 503, 200] or [500, 500, 500, 500, 500, 500])).Select(path => $"{path.Key}: {string.Join(' ', path.Value)}"));
        var stored = _place.Look();
        Assert.Empty(stored.Contradictions);
        Assert.Equal(
            (JobState.Completed, always.Count, moved.Count, 0),
            (stored.Job.State, (int)stored.Job.Counts.Broken, (int)stored.Job.Counts.Redirected, (int)(stored.Job.Counts.Refused + stored.Job.Counts.Unknown)));

        List<string> Paths(int[] statuses) => [.. asked.Where(path => path.Value.SequenceEqual(statuses)).Select(path => path.Key)];
    }
}
