using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>A site that takes five requests a second and says so only by refusing: told nothing, the crawl finds a pace that it bears.</summary>
[Collection(LongRuns.Name)]
public sealed class LongThrottleSpecs(ITestOutputHelper output)
{
    private const int Pages = 300;
    private const double MostRefused = 0.02;
    private const double MostSecondsAtFirst = 100;
    private const double MostSecondsAgain = 75;

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-4"), Trait("Seeds", "P-11+"), Trait("Seeds", "P-20+")]
    public async Task A_throttling_site_gives_all_its_pages_with_few_refusals()
    {
        // Each has a site and a crawler of its own, and both mostly wait.
        await Task.WhenAll(CrawlTwiceAsync("no Retry-After", ""), CrawlTwiceAsync("Retry-After", "auto"));
    }

    private async Task CrawlTwiceAsync(string what, string retryAfter)
    {
        using var place = new DataPlace();
        string[] words = ["--pages", $"{Pages}", "--rate", "5", "--burst", "5", "--latency-ms", "60", "--jitter-ms", "60", .. retryAfter == "" ? Array.Empty<string>() : ["--retry-after", retryAfter]];
        await using var site = await JudgeSite.StartAsync(output, punctual: true, words);
        foreach (var (time, most) in new[] { ("never crawled", MostSecondsAtFirst), ("crawled again", MostSecondsAgain) })
        {
            await site.ClearLogAsync();
            await using var crawl = AmbleProcess.Start(
                "crawl", site.Home, "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--data", place.Folder, "--json", place.Beside("sums.json"));
            (await crawl.EndAsync(TimeSpan.FromMinutes(10))).AssertCode(0);

            var sums = place.ReadJson("sums.json");
            var (ok, seconds) = ((int)sums["ok"]!, (double)sums["seconds"]!);
            var log = await site.LogAsync();
            ProofJudge.Holds(sums, log);
            var refused = log.Count(request => request.Status == 429);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"told: 5 req/s, burst 5, {what}, {time}: {ok} of {Pages} pages in {seconds:0.0} s (at most {most:0}), {refused} of {log.Count} requests refused"));
            Assert.Equal((Pages, Pages), (ok, (await site.StatsAsync(Pages)).Covered));
            Assert.True(refused <= MostRefused * log.Count, $"{refused} of {log.Count} requests were refused.");
            Assert.True(seconds <= most, $"{seconds} s are more than {most}.");
        }
    }
}
