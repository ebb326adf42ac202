using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>How a crawl begins, as the site sees it.</summary>
public sealed class FirstSecondSpecs(ITestOutputHelper output) : IDisposable
{
    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Seeds", "P-1")]
    public async Task A_domain_never_crawled_sees_one_request_in_the_first_second()
    {
        var starts = await FirstSecondAsync(null, maxPages: 2);
        output.WriteLine($"told: first second of a domain never crawled: {starts} request");
        Assert.Equal(1, starts);
    }

    [Fact, Trait("Seeds", "P-2")]
    public async Task A_domain_crawled_before_sees_at_most_three_however_fast_it_was()
    {
        var starts = await FirstSecondAsync(TimeSpan.FromMilliseconds(50), maxPages: 6);
        output.WriteLine($"told: first second of a known domain: {starts} requests");
        Assert.InRange(starts, 1, 3);
    }

    private async Task<int> FirstSecondAsync(TimeSpan? learned, int maxPages)
    {
        await using var site = await ScriptedSiteProcess.StartAsync(punctual: true, "--pages", "50");
        if (learned is { } delay) _place.Learned(site.UrlByAddress(), delay);
        (await AmbleProcess.RunAsync("crawl", site.UrlByAddress(), "--allow-private", "--max-pages", $"{maxPages}", "--data", _place.Folder)).AssertCode(0);
        var stats = await site.StatsOfAsync(1);
        Assert.Equal((maxPages, true), (stats.Covered, stats.RobotsFirst));
        return stats.FirstSecondStarts;
    }
}
