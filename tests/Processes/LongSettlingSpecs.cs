using System.Globalization;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>Forty domains that together allow just under 200 requests a second, each by its own rate and burst, and say so only by refusing (P-11+).</summary>
[Collection(LongRuns.Name)]
public sealed class LongSettlingSpecs(ITestOutputHelper output)
{
    private const double MostRefused = 0.01;
    private const double LeastShare = 0.9;

    // The slowest needs 4,000 s for its pages at all that it allows.
    private static readonly TimeSpan _most = TimeSpan.FromSeconds(4_800);

    private static readonly double[] _rates = [0.5, 0.7, 1, 1.4, 1.8, 2, 2.5, 3.5, 5, 7, 10, 14, 20];

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-11+")]
    public async Task Forty_domains_are_each_asked_for_what_they_allow()
    {
        // Each rate with each of three bursts; one of 14 is left out, so that the sum stays below 200, and two small ones make it forty.
        (double Rate, int Burst)[] sites = [.. new[] { 1, 5, 20 }.SelectMany(burst => _rates.Select(rate => (rate, burst))).Where(s => s != (14, 20)), (0.5, 10), (5, 10)];
        using var place = new DataPlace();
        File.WriteAllLines(place.Beside("policies"), sites.Select((s, at) => string.Create(CultureInfo.InvariantCulture, $"{at + 1} rate={s.Rate} burst={s.Burst}")));
        await using var site = await JudgeSite.StartAsync(
            output, punctual: true, "--domains", $"{sites.Length}", "--pages", $"{PagesOf(_rates[^1]) + 500}", "--rate", "5", "--burst", "5", "--latency-ms", "60", "--jitter-ms", "60", "--policies", place.Beside("policies"));
        await using var crawl = AmbleProcess.Start(
            ["crawl", .. Enumerable.Range(1, sites.Length).Select(site.HomeOf), "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--concurrency", "500", "--data", place.Folder]);
        var answered = new int[sites.Length];
        using (var clock = new PeriodicTimer(TimeSpan.FromSeconds(10)))
        {
            var until = DateTime.UtcNow + _most;
            while (await clock.WaitForNextTickAsync() && DateTime.UtcNow < until && sites.Zip(answered).Any(s => s.Second < PagesOf(s.First.Rate)))
                foreach (var request in (await site.NewsAsync()).Where(IsAnswered)) answered[request.Domain - 1]++;
        }
        crawl.Interrupt();
        await crawl.EndAsync();

        var log = (await site.LogAsync()).ToLookup(request => request.Domain);
        var settled = sites.Select((s, at) => SecondHalf([.. log[at + 1]], PagesOf(s.Rate))).ToList();
        var shares = sites.Select((s, at) => Rate(settled[at]) / (site.IsOurs ? 5 : s.Rate)).ToList();
        var shareRefused = settled.Sum(domain => domain.Count(IsRefusal)) / (double)settled.Sum(domain => domain.Count);
        foreach (var (share, at) in shares.Select((share, at) => (share, at)).OrderBy(s => s.share))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sites[at].Rate}/{sites[at].Burst}: {share * 100:0.0} %, {settled[at].Count(IsRefusal)} of {settled[at].Count} refused"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"told: {sites.Length} domains that allow {sites.Sum(s => s.Rate):0.0} a second together, settled: {shares.Average() * 100:0.0} % of what each allows ({shares.Count(s => s < LeastShare)} under 90 %, least {shares.Min() * 100:0.0}), {shareRefused * 100:0.00} % refused"));
        // Of all together: how near the fastest come by themselves is a matter of a machine that has the time, and is told.
        Assert.InRange(shares.Average(), LeastShare, 1.05);
        Assert.InRange(shareRefused, 0, MostRefused);
    }

    private static bool IsRefusal(LoggedRequest request) => request.Status == 429;

    private static bool IsAnswered(LoggedRequest request) => !IsRefusal(request);

    private static int PagesOf(double rate) => (int)Math.Max(2_000, 600 * rate);

    /// <summary>From the middle of the pages to the last that counts, refusals included.</summary>
    private static List<LoggedRequest> SecondHalf(List<LoggedRequest> asked, int pages)
    {
        var answered = asked.Where(IsAnswered).Take(pages).ToList();
        var (from, to) = (answered[answered.Count / 2].Number, answered[^1].Number);
        return [.. asked.Where(request => request.Number >= from && request.Number <= to)];
    }

    // Answered well, in a second.
    private static double Rate(List<LoggedRequest> asked) => (asked.Count(IsAnswered) - 1) / ((asked[^1].ArrivedMs - asked[0].ArrivedMs) / 1_000.0);
}
