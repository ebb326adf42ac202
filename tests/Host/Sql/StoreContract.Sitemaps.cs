using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

public abstract partial class StoreContract
{
    private static readonly PageUrl Map = Url("/sitemap.xml");

    [Fact]
    public void A_sitemap_is_pending_before_the_robots_unit_ends_and_is_no_page()
    {
        var job = Store.Create();
        var robots = Store.Unit(job, Home.Robots).Key;
        Assert.Equal([Domain], Store.Commit<WriterProtocol.LinksSaved>(Links(robots, [File(Map)])).Gained);
        Assert.Empty(Store.CommitTwice<WriterProtocol.LinksSaved>(Links(robots, [File(Map)])).Gained);
        Assert.Equal(2, Store.Commit<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, [robots.Page], null, After(12))).Pending);
        Assert.Equal((UnitKind.Sitemap, 0, 1L), (Store.Unit(job, Map).Kind, Store.Unit(job, Map).Depth, Store.View(job).Pages));
        Assert.True(Assert.Single(Store.Pages.ReadSitemaps(job)).IsOpen);
    }

    [Fact, Trait("Seeds", "P-17")]
    public void A_sitemap_ends_once_with_what_was_read_and_is_no_visit()
    {
        var (job, unit) = WithSitemap();
        Assert.Equal(2, Store.CommitTwice<WriterProtocol.UnitClosed>(Closed(unit, new SitemapContent(7, 1, 2, "Odd."))).Pending);
        var read = Assert.Single(Store.Pages.ReadSitemaps(job));
        Assert.Equal((Map, false, 200, new SitemapContent(7, 1, 2, "Odd.")), (read.Url, read.IsOpen, read.Status, read.Content));
        Assert.Equal((0, 1), (Store.View(job).Counts.Visits, Store.View(job).Counts.Requests));
    }

    [Fact]
    public void A_sitemap_that_was_only_guessed_at_and_is_not_there_is_no_finding()
    {
        var job = Store.Create();
        var robots = Store.Unit(job, Home.Robots).Key;
        Store.Commit<WriterProtocol.LinksSaved>(Links(robots, [File(Map) with { Guessed = true }]));
        var unit = Store.Unit(job, Map);
        // What it is redirected to is guessed at, too.
        Store.Commit<WriterProtocol.LinksSaved>(Links(unit.Key, [File(Url("/404.html")) with { Hops = 1 }]));
        Store.Commit<WriterProtocol.UnitClosed>(Closed(unit.Key, new SitemapContent(0, 0, 0, "HTTP 404.")));
        Store.Commit<WriterProtocol.UnitClosed>(Closed(Store.Unit(job, Url("/404.html")).Key, new SitemapContent(0, 0, 0, "It is a web page, not a sitemap.")));
        Assert.Empty(Store.Pages.ReadSitemaps(job));
    }

    [Fact]
    public void A_sitemap_found_first_as_a_link_becomes_one_unless_it_was_visited()
    {
        var (job, unit) = WithSitemap();
        Store.Commit<WriterProtocol.LinksSaved>(Links(Store.Unit(job, Home).Key, [new(Url("/1.xml"), 1, 0, ""), new(Url("/2.xml"), 1, 0, "")], (Url("/3.xml"), ExclusionReason.Include)));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/2.xml")));
        Store.CommitTwice<WriterProtocol.LinksSaved>(Links(unit, [File(Url("/1.xml")), File(Url("/2.xml")), File(Url("/3.xml")), File(Home)]));
        Assert.Equal([Map, Url("/1.xml"), Url("/3.xml")], Store.Pages.ReadSitemaps(job).Select(sitemap => sitemap.Url));
        Assert.Equal((2, 0), (Store.View(job).Pages, Store.View(job).Counts.Excluded));

        // One that was being asked for as a page when it became a sitemap is asked for again, as what it is.
        Store.Commit<WriterProtocol.UnitClosed>(Visited(Store.Unit(job, Url("/1.xml")).Key, Url("/1.xml")));
        Assert.Equal(UnitKind.Sitemap, Store.Unit(job, Url("/1.xml")).Kind);
    }

    [Fact]
    public void A_full_job_says_so_and_still_takes_sitemaps()
    {
        var job = Store.Create(new JobLimits(2, null, [], []));
        var robots = Store.Unit(job, Home.Robots).Key;
        Assert.False(Store.Commit<WriterProtocol.LinksSaved>(Links(robots, [File(Map)])).JobTakesNoMore);
        Assert.True(Store.Commit<WriterProtocol.LinksSaved>(Links(robots, [new(Url("/a"), 1, 0, ""), File(Url("/b.xml"))])).JobTakesNoMore);
        Assert.Equal((2, 2), (Store.View(job).Pages, Store.Pages.ReadSitemaps(job).Count));
        Store.End(job, JobState.Cancelled, at: 15);
        Assert.True(Store.Commit<WriterProtocol.LinksSaved>(Links(robots, [])).JobTakesNoMore);
    }

    [Fact]
    public void A_job_has_five_hundred_sitemaps_and_no_more()
    {
        var (job, unit) = WithSitemap();
        for (var part = 0; part < 2; part++)
            Store.Commit<WriterProtocol.LinksSaved>(Links(unit, [.. Enumerable.Range(part * 300, 300).Select(n => File(Url($"/{n}.xml")))]));
        Assert.Equal(500, Store.Pages.ReadSitemaps(job).Count);
        Assert.Equal(502, Store.View(job).Pending);
    }

    [Fact]
    public void A_sitemap_that_failed_is_asked_for_again_when_the_job_is_retried()
    {
        var (job, unit) = WithSitemap();
        Store.Commit<WriterProtocol.UnitClosed>(Closed(unit, new SitemapContent(0, 0, 0, "HTTP 500."), StatusClass.Broken));
        Store.End(job, at: 15);
        Store.Retry(job, at: 20);
        Assert.Equal(UnitKind.Sitemap, Store.Unit(job, Map).Kind);
    }

    private (JobId Job, UnitKey Unit) WithSitemap()
    {
        var job = Store.Create();
        Store.Commit<WriterProtocol.LinksSaved>(Links(Store.Unit(job, Home.Robots).Key, [File(Map)]));
        return (job, Store.Unit(job, Map).Key);
    }

    private static FoundUrl File(PageUrl url) => new(url, 0, 0, "", UnitKind.Sitemap);

    private static WriterProtocol.CloseSitemap Closed(UnitKey unit, SitemapContent content, StatusClass @class = StatusClass.Ok) =>
        new(new SitemapEnd(unit, @class, 200, content), Sent(unit, 20, 200, RequestKind.Sitemap), Memory(20), After(21));
}
