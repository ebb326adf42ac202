using Amble.App;
using Amble.App.Cli;
using Amble.Host.Specs.Fakes;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Host.Specs.Cli;

/// <summary>A site that asks for two minutes between requests: whoever begins that crawl is told what it means before it is waited for.</summary>
public sealed class CrawlDelayRunSpecs
{
    [Fact]
    public async Task How_long_it_will_take_is_told_first_and_nothing_is_asked_early()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 7, CrawlDelay = TimeSpan.FromMinutes(2) });
        using var door = new Door { Open = Wiring.OpenNode };
        using var stop = new CancellationTokenSource();
        // Who reads that interrupts it.
        var said = new Heard("Crawl-delay", stop.Cancel);
        var context = door.Context with { Terminal = door.Context.Terminal with { Err = said } };

        var exit = await CommandLine.RunAsync(["crawl", site.UrlByAddress(), "--allow-private", "--max-pages", "7", "--data", door.Data], context, stop.Token);

        Assert.Equal(ExitCode.Interrupted, exit);
        Assert.Contains($"{site.UrlByAddress()}: robots.txt asks for 120 s between requests (Crawl-delay), so 7 pages take at least 14 min 0 s.", said.ToString(), StringComparison.Ordinal);
        Assert.Equal("/robots.txt", Assert.Single(site.Log).Path);
    }

    private sealed class Heard(string word, Action then) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(word, StringComparison.Ordinal) == true) then();
        }
    }
}
