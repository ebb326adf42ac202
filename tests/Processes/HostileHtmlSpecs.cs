using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>Huge and malformed pages: the crawl takes from them what a reader can take, keeps its memory and goes on.</summary>
public sealed class HostileHtmlSpecs(ITestOutputHelper output) : IDisposable
{
    private const long MostMemory = 250L << 20;

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Hostile_pages_are_crawled_without_trouble()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", "5", "--hostile", "true");
        await using var crawl = AmbleProcess.Start("crawl", site.UrlByAddress(), "--allow-private", "--unpaced", "--data", _place.Folder);
        long? memory = null;
        await Until.TrueAsync("the crawl's end", () =>
        {
            memory = crawl.PeakMemory ?? memory;
            return crawl.HasEnded;
        });
        var outcome = (await crawl.EndAsync()).AssertCode(0);
        output.WriteLine($"told: hostile pages: peak memory {memory >> 20} MB");
        Assert.Empty(outcome.Problems);
        Assert.InRange(memory ?? 0, 0, MostMemory);

        var stored = _place.Look();
        Assert.Empty(stored.Contradictions);
        Assert.Equal(JobState.Completed, stored.Job.State);
        Assert.Equal(5, (await site.StatsOfAsync(1)).Covered);
        foreach (var name in HostilePages.Readable)
        {
            Assert.Equal((name, StatusClass.Ok), (name, stored.Visits[site.UrlByAddress($"/hostile/{name}")].Class));
            Assert.True(stored.Visits.ContainsKey(site.UrlByAddress(HostilePages.Behind(name))), $"The link of the page '{name}' was not found.");
        }
        // Beyond our own cap: the page may be fine, so nothing is said against it.
        var huge = stored.Visits[site.UrlByAddress("/hostile/huge")];
        Assert.Equal((StatusClass.Unknown, -(int)FetchFailure.TooLarge), (huge.Class, huge.Status));
    }
}
