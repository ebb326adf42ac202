using System.Globalization;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>
/// The load test of the incident with real processes (P-8): 10,000 tasks over ten domains with budgets from 1 to 20 a second, bursts from 1 to
/// 20, refusals by 429 or 503, with and without Retry-After and spans in which nothing is answered. Both policies run side by side, each on a
/// site of its own; what the old one has come to when ours is done is told.
/// </summary>
[Collection(LongRuns.Name)]
public sealed class LongLoadSpecs(ITestOutputHelper output)
{
    private const int Domains = 10;
    private const int Pages = 1_000;
    private const double MostRefused = 0.01;
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(50);

    private static readonly Dictionary<string, string> _old = new()
    {
        ["AMBLE_PACE__FLOORMS"] = "0",
        ["AMBLE_PACE__WARMUPMS"] = "0",
        ["AMBLE_PACE__SETTLES"] = "false",
        ["AMBLE_RETRY__THROTTLERETRIES"] = "3",
        ["AMBLE_RETRY__ERRORRETRIES"] = "3",
        ["AMBLE_RETRY__CHARGESEVERYREFUSAL"] = "true",
    };

    [Fact, Trait("Run", "Long"), Trait("Seeds", "P-8")]
    public async Task Of_ten_thousand_tasks_on_ten_throttling_domains_none_fails_hard_and_at_most_one_percent_of_the_requests_is_refused()
    {
        using var place = new DataPlace();
        using var oldPlace = new DataPlace();
        await using var site = await StartAsync(place);
        await using var oldSite = await StartAsync(oldPlace);
        await using var old = Start(oldSite, oldPlace, _old);
        await using var crawl = Start(site, place, []);
        (await crawl.EndAsync(_longest)).AssertCode(0);
        var ours = Sum.Of(place, await site.LogAsync());
        old.Interrupt();
        await old.EndAsync();
        var theirs = Sum.Of(oldPlace, await oldSite.LogAsync());

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"told: load test, 10,000 tasks over {Domains} domains in {(double)place.ReadJson("sums.json")["seconds"]!:0} s: {ours}; in the same time the old policy: {theirs}"));
        Assert.Equal((Domains * Pages, 0), (ours.Good, ours.Failed));
        Assert.Empty(place.Look().Contradictions);
        Assert.InRange(ours.Refused, 0, MostRefused * ours.Requests);
        Assert.True(theirs.Refused / (double)theirs.Requests > 5 * MostRefused, "The old policy is not the one that failed.");
    }

    private Task<JudgeSite> StartAsync(DataPlace place)
    {
        File.WriteAllLines(place.Beside("policies"), Enumerable.Range(1, Domains).Select(Policy));
        return JudgeSite.StartAsync(output, punctual: false, "--domains", $"{Domains}", "--pages", $"{Pages}", "--rate", "5", "--burst", "5", "--latency-ms", "60", "--jitter-ms", "60", "--policies", place.Beside("policies"));
    }

    private static string Policy(int domain)
    {
        var rate = 1 + 19.0 * (domain - 1) / (Domains - 1);
        var words = string.Create(CultureInfo.InvariantCulture, $"{domain} rate={rate:0.##} burst={1 + domain * 7 % 20}");
        if (domain % 2 == 0) words += " throttle-status=503";
        if (domain % 3 == 0) words += " retry-after=auto";
        return (domain % 3) switch { 0 => words + " refuse=20:1", 1 => words + " refuse=30:60", _ => words };
    }

    private static AmbleProcess Start(JudgeSite site, DataPlace place, Dictionary<string, string> environment) => AmbleProcess.Start(
        environment,
        ["crawl", .. Enumerable.Range(1, Domains).Select(site.HomeOf), "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--concurrency", "200", "--data", place.Folder, "--json", place.Beside("sums.json")]);

    private sealed record Sum(int Good, int Failed, int Requests, int Refused)
    {
        public static Sum Of(DataPlace place, IReadOnlyList<LoggedRequest> log)
        {
            var counts = place.Look().Jobs.Select(job => job.Counts).ToList();
            return new Sum(
                (int)counts.Sum(c => c.Ok), (int)counts.Sum(c => c.Refused + c.Broken + c.Unknown), log.Count, log.Count(request => request.Status is 429 or 503));
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Good} done, {Failed} hard-failed, {Refused} of {Requests} requests refused ({100.0 * Refused / Requests:0.00} %)");
    }
}
