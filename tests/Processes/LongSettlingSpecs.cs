using System.Globalization;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>Forty domains that together allow just under 200 requests a second, each by its own rate and burst, and say so only by refusing (P-11+).</summary>
[Collection(LongRuns.Name)]
public sealed class LongSettlingSpecs(ITestOutputHelper output)
{
    private const int Pages = 8_000;
    private const double MostRefused = 0.01;
    private const double LeastShare = 0.9;

    // The fastest have then had their 600 seconds, in the second half of which they are judged; the slower ones are judged in the same time.
    private static readonly TimeSpan _lasts = TimeSpan.FromSeconds(660);

    private static readonly double[] _rates = [0.5, 0.7, 1, 1.4, 1.8, 2, 2.5, 3.5, 5, 7, 10, 14, 20];

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-11+")]
    public async Task Forty_domains_are_each_asked_for_what_they_allow()
    {
        // Each rate with each of three bursts; one of 14 is left out, so that the sum stays below 200, and two small ones make it forty.
        (double Rate, int Burst)[] sites = [.. new[] { 1, 5, 20 }.SelectMany(burst => _rates.Select(rate => (rate, burst))).Where(s => s != (14, 20)), (0.5, 10), (5, 10)];
        using var place = new DataPlace();
        File.WriteAllLines(place.Beside("policies"), sites.Select((s, at) => string.Create(CultureInfo.InvariantCulture, $"{at + 1} rate={s.Rate} burst={s.Burst}")));
        await using var site = await JudgeSite.StartAsync(
            output, punctual: true, "--domains", $"{sites.Length}", "--pages", $"{Pages}", "--rate", "5", "--burst", "5", "--latency-ms", "60", "--jitter-ms", "60", "--policies", place.Beside("policies"));
        await using var crawl = AmbleProcess.Start(
            ["crawl", .. Enumerable.Range(1, sites.Length).Select(site.HomeOf), "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--concurrency", "500", "--data", place.Folder]);
        using (var clock = new PeriodicTimer(_lasts)) await clock.WaitForNextTickAsync();
        crawl.Interrupt();
        await crawl.EndAsync();

        var log = await site.LogAsync();
        var (from, to) = (_lasts.TotalMilliseconds / 2, log[^1].ArrivedMs);
        var settled = log.Where(request => request.ArrivedMs >= from).GroupBy(request => request.Domain).ToDictionary(domain => domain.Key, domain => domain.ToList());
        var shares = sites.Select((s, at) => Share(settled[at + 1], site.IsOurs ? 5 : s.Rate, from, to)).ToList();
        var refused = settled.Values.Sum(domain => domain.Count(IsRefusal)) / (double)settled.Values.Sum(domain => domain.Count);
        foreach (var (share, at) in shares.Select((share, at) => (share, at)).OrderBy(s => s.share))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sites[at].Rate}/{sites[at].Burst}: {share * 100:0.0} %, {settled[at + 1].Count(IsRefusal)} of {settled[at + 1].Count} refused"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"told: {sites.Length} domains that allow {sites.Sum(s => s.Rate):0.0} a second together, settled: {shares.Average() * 100:0.0} % of what each allows ({shares.Count(s => s < LeastShare)} under 90 %, least {shares.Min() * 100:0.0}), {refused * 100:0.00} % refused"));
        // Of all together: how near the fastest come by themselves is a matter of a machine that has the time, and is told.
        Assert.InRange(shares.Average(), LeastShare, 1.05);
        Assert.InRange(refused, 0, MostRefused);
    }

    private static bool IsRefusal(LoggedRequest request) => request.Status == 429;

    // What was answered well a second, until the domain had no more pages or all was over.
    private static double Share(List<LoggedRequest> domain, double rate, double from, double to)
    {
        var end = domain[^1].ArrivedMs < to - 10_000 / rate ? domain[^1].ArrivedMs : to;
        return domain.Count(request => !IsRefusal(request)) / ((end - from) / 1_000) / rate;
    }
}
