using System.Text;
using Amble.App.Web;
using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

public class SitemapFetchSpecs
{
    private readonly List<FoundPart> _parts = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sitemap_is_fetched_and_handed_over_in_parts(bool packed)
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 1_200, SitemapGzip = packed });
        var answer = Assert.IsType<FetchOutcome.Answered>(await FetchAsync(Loopback, site.UrlByAddress("/sitemap.xml")));
        Assert.Equal(new SitemapContent(1_200, 0, 0, null), answer.Sitemap);
        Assert.Equal([500, 500, 200], _parts.Select(part => part.Found.Count));
        Assert.Equal((200, null), (answer.Status, answer.Content));
        Assert.InRange(answer.Bytes, packed ? 1_000 : 50_000, packed ? 20_000 : 100_000);
    }

    [Fact]
    public async Task Above_its_size_the_scripted_site_has_an_index()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 25, SitemapSize = 10 });
        var index = Assert.IsType<FetchOutcome.Answered>(await FetchAsync(Loopback, site.UrlByAddress("/sitemap.xml")));
        Assert.Equal(new SitemapContent(0, 3, 0, null), index.Sitemap);
        var last = Assert.IsType<FetchOutcome.Answered>(await FetchAsync(Loopback, _parts[0].Found[2].Url.Text));
        Assert.Equal(new SitemapContent(5, 0, 0, null), last.Sitemap);
    }

    [Fact]
    public async Task What_is_not_there_has_no_content()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Sitemap = false });
        var answer = Assert.IsType<FetchOutcome.Answered>(await FetchAsync(Loopback, site.UrlByAddress("/sitemap.xml")));
        Assert.Equal((404, null), (answer.Status, answer.Sitemap));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_failure_and_what_came_before_is_handed_over()
    {
        var body = Encoding.UTF8.GetBytes(Sitemaps.Set(Enumerable.Range(0, 2_000).Select(n => $"/{n}")));
        await using var site = new RawServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length + 10_000}\r\n\r\n"), stop);
            await stream.WriteAsync(body, stop);
            throw new IOException("The site has had enough.");
        });
        Assert.Equal(FetchFailure.ConnectionCut, Assert.IsType<FetchOutcome.Failed>(await FetchAsync(Loopback, $"http://127.0.0.1:{site.Port}/")).Failure);
        Assert.NotEmpty(_parts);
    }

    [Fact]
    [Trait("Seeds", "P-7")]
    public async Task While_a_part_is_being_stored_the_sites_time_stands_still()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 1_200 });
        var clock = new LeapingClock();
        using var web = new WebFetcher(Loopback, clock);
        var answer = Assert.IsType<FetchOutcome.Answered>(await web.FetchSitemapAsync(Request(site.UrlByAddress("/sitemap.xml"), RequestKind.Sitemap), Departing.Freely, part =>
        {
            clock.Leap(Loopback.FetchTimeout);
            return Task.FromResult(true);
        }, CancellationToken.None));
        Assert.Equal(1_200, answer.Sitemap!.Urls);
        Assert.True(answer.Took < Loopback.FetchTimeout, $"{answer.Took}");
    }

    private async Task<FetchOutcome> FetchAsync(WebSettings settings, string url)
    {
        using var web = new WebFetcher(settings, TimeProvider.System);
        return await web.FetchSitemapAsync(Request(url, RequestKind.Sitemap), Departing.Freely, part =>
        {
            _parts.Add(part);
            return Task.FromResult(true);
        }, CancellationToken.None);
    }

    /// <summary>The system's clock, with leaps.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _leapt;

        public void Leap(TimeSpan by) => Interlocked.Add(ref _leapt, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _leapt);
    }
}
