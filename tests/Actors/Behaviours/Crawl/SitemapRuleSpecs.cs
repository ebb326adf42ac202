using System.Collections.Immutable;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class SitemapRuleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PageUrl Start = PageUrl.FromStored("http://a.test/");

    [Fact]
    public void Named_sitemaps_of_the_site_are_taken_once_and_no_other_is_tried()
    {
        var found = Of("Sitemap: http://a.test/1.xml\nsitemap: /2.xml.gz\nSitemap: http://a.test/./1.xml\nSitemap: http://b.test/3.xml\nSitemap: https://www.a.test/4.xml\n");
        Assert.Equal(["http://a.test/1.xml", "http://a.test/2.xml.gz", "https://www.a.test/4.xml"], found.Select(one => one.Url.Text));
        Assert.All(found, one => Assert.Equal((UnitKind.Sitemap, 0, false), (one.Kind, one.Depth, one.Guessed)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Sitemap: http://b.test/3.xml")]
    [InlineData("User-agent: other\nDisallow: /")]
    public void Where_none_is_named_the_usual_place_is_tried(string robots)
    {
        var found = Assert.Single(Of(robots));
        Assert.Equal(("http://a.test/sitemap.xml", true), (found.Url.Text, found.Guessed));
    }

    [Theory]
    [InlineData("User-agent: *\nDisallow: /sitemap")]
    [InlineData("User-agent: *\nDisallow: /")]
    public void The_usual_place_is_not_tried_where_robots_disallow_it(string robots) => Assert.Empty(Of(robots));

    [Fact]
    public void Nothing_is_tried_where_robots_cannot_be_read() =>
        Assert.Empty(SitemapRule.Of(Job(JobLimits.None), Start.Robots, Known(null, reachable: false)));

    [Fact]
    public void Where_there_is_no_robots_file_the_usual_place_is_tried() =>
        Assert.True(Assert.Single(SitemapRule.Of(Job(JobLimits.None), Start.Robots, Known(null, reachable: true))).Guessed);

    [Fact]
    public void A_job_that_could_take_no_URL_of_them_asks_for_none()
    {
        Assert.Empty(Of("Sitemap: /1.xml", new JobLimits(1, null, [], [])));
        Assert.Empty(Of("Sitemap: /1.xml", new JobLimits(null, 0, [], [])));
        Assert.NotEmpty(Of("Sitemap: /1.xml", new JobLimits(2, 1, ["/blog/*"], ["*.xml"])));
    }

    [Fact]
    public void The_sitemaps_are_stored_before_the_robots_unit_ends_also_where_its_file_is_known_already()
    {
        var behaviour = new DomainBehaviour(new CrawlSettings());
        var robots = Unit(2, UnitKind.Robots, Start.Robots);
        var (state, _) = Take(behaviour, behaviour.Born("a.test"), new DomainProtocol.Wake(Start.Domain));
        (state, _) = Take(behaviour, state, new DomainWork.DomainLoaded(new DomainRead(DomainMemory.Blank(Start.Domain), [Known("Sitemap: /1.xml", reachable: true).Record])));
        var window = new WindowRead([robots, Unit(1, UnitKind.Page, Start)], [Job(JobLimits.None)], null);
        (_, var written) = Take(behaviour, state, new DomainWork.WindowLoaded(window, 256));
        var saved = Assert.IsType<WriterProtocol.SaveLinks>(written[0]);
        Assert.Equal((robots.Key, "http://a.test/1.xml"), (saved.Source, Assert.Single(saved.Found).Url.Text));
        Assert.Equal([robots.Key.Page], Assert.IsType<WriterProtocol.CloseUnits>(written[1]).Pages);
    }

    [Fact]
    public void A_full_job_asks_for_no_more_sitemaps()
    {
        var behaviour = new DomainBehaviour(new CrawlSettings());
        var sitemap = Unit(3, UnitKind.Sitemap, PageUrl.FromStored("http://a.test/1.xml"));
        var (state, _) = Take(behaviour, behaviour.Born("a.test"), new DomainProtocol.Wake(Start.Domain));
        (state, _) = Take(behaviour, state, new DomainWork.DomainLoaded(new DomainRead(DomainMemory.Blank(Start.Domain), [Known("", reachable: true).Record])));
        (state, _) = Take(behaviour, state, new WriterProtocol.LinksSaved(Unit(1, UnitKind.Page, Start).Key, 0, [], JobTakesNoMore: true));
        (_, var written) = Take(behaviour, state, new DomainWork.WindowLoaded(new WindowRead([sitemap], [Job(JobLimits.None)], null), 256));
        var closed = Assert.IsType<WriterProtocol.CloseUnits>(Assert.Single(written));
        Assert.Equal((ExclusionReason.PageLimit, sitemap.Key.Page), (closed.Why, Assert.Single(closed.Pages)));
    }

    private static IReadOnlyList<FoundUrl> Of(string robots, JobLimits? limits = null) =>
        SitemapRule.Of(Job(limits ?? JobLimits.None), Start.Robots, Known(robots, reachable: true));

    private static JobSpec Job(JobLimits limits) => new(new JobId(1), new NewJob(Start, limits, 20, false, false));

    private static RobotsKnown Known(string? body, bool reachable)
    {
        var record = new RobotsRecord(Start.Origin, 200, body, reachable, Now, Now.AddHours(24));
        return new RobotsKnown(record, RobotsRules.Of(record));
    }

    private static Unit Unit(long page, UnitKind kind, PageUrl url) => new(new UnitKey(new JobId(1), new PageId(page)), kind, url, 0, 0, 0, 0, Now, null);

    private static (DomainState State, ImmutableArray<WriterProtocol.ICommand> Written) Take(DomainBehaviour behaviour, DomainState state, object message)
    {
        var decision = behaviour.Decide(state, message, Now);
        foreach (var happened in decision.Events) state = behaviour.Apply(state, happened);
        return (state, [.. decision.Effects.OfType<Effect.Start>().Select(start => start.Work).OfType<DomainWork.Write>().Select(write => write.Command)]);
    }
}
