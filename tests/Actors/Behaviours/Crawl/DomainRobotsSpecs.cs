using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>How a domain reads robots.txt and what it does meanwhile.</summary>
public sealed class DomainRobotsSpecs
{
    private static readonly DomainMemory Fast = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(500) };

    private static DomainScript Unruled(params Unit[] units) => new DomainScript().Opened(Fast, [], [Job], units);

    private static FetchOutcome Moved(DomainScript domain, int to) => domain.Answer(301) with { RedirectTo = PageUrl.FromStored($"{Origin}/robots-{to}.txt") };

    private static DomainWork.Fetch Fetch(DomainScript domain) => Assert.Single(domain.Granted().Began<DomainWork.Fetch>());

    [Fact]
    public void Pages_wait_for_robots()
    {
        var domain = Unruled(Page(1), Page(2), Robots(3));
        var asked = Fetch(domain);
        Assert.Equal((RequestKind.Robots, Origin + "/robots.txt"), (asked.Request.Kind, asked.Request.Url.Text));
        Assert.Empty(domain.Left(asked.Ticket).After(5).Say(new DomainProtocol.Wake(Name)).Began<DomainWork.AskPermit>());
        domain.Came(asked.Ticket, domain.Answer(200) with { StartedAt = Begin, Robots = new RobotsBody("User-agent: *\nDisallow: /1\n") });
        Assert.Equal("User-agent: *\nDisallow: /1\n", Assert.Single(domain.Wrote<WriterProtocol.SaveRobots>()).Robots!.Body);
        Assert.Equal([(1, ExclusionReason.Robots)], domain.Wrote<WriterProtocol.CloseUnits>().Select(c => (c.Pages.Count, c.Why)));
        Assert.Single(domain.Began<DomainWork.AskPermit>());
        Assert.Equal(Origin + "/2", Fetch(domain).Request.Url.Text);
    }

    [Fact]
    public void A_robots_unit_ends_without_a_request_of_its_own()
    {
        var domain = new DomainScript().Opened(Fast, [NoRules], [Job], Robots(3));
        var close = Assert.Single(domain.Wrote<WriterProtocol.CloseUnits>());
        Assert.Null(close.Why);
        Assert.Contains(Robots(3).Key, domain.State.Closing);
        Assert.Empty(domain.Say(new WriterProtocol.UnitsClosed(Job.Id, close.Pages, 4)).State.Closing);
    }

    [Fact, Trait("Seeds", "P-17+")]
    public void A_robots_request_counts_for_the_pace_as_any_other()
    {
        var domain = Unruled(Page(1));
        domain.Left(Fetch(domain).Ticket).Answered(1, 404);
        Assert.Equal(1, domain.State.Pace!.Streak);
        Assert.Empty(domain.Began<DomainWork.AskPermit>());
        Assert.True(domain.WakesAt >= Begin.AddSeconds(0.5));
    }

    [Fact]
    public void Five_redirects_of_robots_are_followed_and_the_sixth_means_that_there_are_no_rules()
    {
        var domain = Unruled(Page(1));
        for (var hop = 1; hop <= 6; hop++)
        {
            var asked = Fetch(domain);
            Assert.Equal(hop == 1 ? "/robots.txt" : $"/robots-{hop - 1}.txt", asked.Request.Url.PathAndQuery);
            domain.Left(asked.Ticket).Came(asked.Ticket, Moved(domain, hop)).After(3).Say(new Amble.Behaviours.Runtime.WakeUp());
        }
        Assert.True(domain.State.Robots[Origin].Record is { Reachable: true, Body: null });
        Assert.Equal("/1", Fetch(domain).Request.Url.PathAndQuery);
    }

    [Fact, Trait("Seeds", "P-7")]
    public void A_robots_file_that_answers_5xx_after_all_retries_keeps_its_pages_out()
    {
        var domain = Unruled(Page(1), Page(2));
        for (var tries = 1; tries <= 6; tries++)
        {
            var asked = Fetch(domain);
            domain.Left(asked.Ticket).Answered(asked.Ticket, 500);
            Assert.Equal(tries < 6, Assert.Single(domain.Wrote<WriterProtocol.SaveRobots>()).Robots is null);
            if (tries < 6) domain.After(6).Say(new Amble.Behaviours.Runtime.WakeUp());
        }
        var close = Assert.Single(domain.Wrote<WriterProtocol.CloseUnits>());
        Assert.Equal((2, ExclusionReason.RobotsUnreachable), (close.Pages.Count, close.Why));
    }

    [Fact, Trait("Seeds", "P-7")]
    public void No_such_host_closes_its_pages_as_broken_without_a_request()
    {
        var domain = Unruled(Page(1), Page(2));
        var asked = Fetch(domain);
        domain.Came(asked.Ticket, domain.Failure(FetchFailure.NoSuchHost));
        var closes = domain.Wrote<WriterProtocol.CloseVisit>();
        Assert.Equal([1, 2], closes.Select(c => c.Visit.Key.Page.Value));
        Assert.All(closes, c => Assert.True(c is { Request: null, Visit: { Class: StatusClass.Broken, Tries: 0, Error: "There is no host named a.test." } }));
        domain.Closed(Page(1)).Closed(Page(2), pending: 0);
        Assert.Empty(domain.Began<DomainWork.HandEmptied>());
        Assert.Single(domain.Told);
    }

    [Fact]
    public void A_throttled_robots_file_is_asked_again_under_the_pace_and_teaches_nothing()
    {
        var domain = Unruled(Page(1));
        var asked = Fetch(domain);
        domain.Left(asked.Ticket).Answered(asked.Ticket, 429, "20");
        Assert.Null(Assert.Single(domain.Wrote<WriterProtocol.SaveRobots>()).Robots);
        Assert.Equal(Begin.AddSeconds(20), domain.State.Pace!.BlockedUntil);
        Assert.Equal(RequestKind.Robots, Fetch(domain.After(20)).Request.Kind);
    }

    [Fact]
    public void A_crawl_delay_holds_from_the_moment_it_is_known()
    {
        var domain = Unruled(Page(1));
        var asked = Fetch(domain);
        domain.Left(asked.Ticket).Came(asked.Ticket, domain.Answer(200) with { Robots = new RobotsBody("User-agent: *\nCrawl-delay: 12\n") });
        Assert.InRange(domain.WakesAt!.Value, Begin.AddSeconds(12), Begin.AddSeconds(13.2));
    }
}
