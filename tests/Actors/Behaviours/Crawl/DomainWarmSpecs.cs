using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>Second visits of warm jobs, and pages that are asked for only if they have changed.</summary>
public sealed class DomainWarmSpecs
{
    private static readonly DomainMemory Fast = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(500) };
    private static readonly JobSpec Warm = Job with { Asked = Job.Asked with { Warm = true } };

    private static DomainScript Quick(JobSpec job, params Unit[] units) => new DomainScript().Opened(Fast, [NoRules], [job], units);

    private static FetchOutcome.Answered Cached(DomainScript domain, CacheStatus cache, int status = 200, bool page = true) => domain.Answer(status) with
    {
        Cache = cache,
        Content = page ? new PageContent("T", null, false, false, [], [], 0, []) : null,
    };

    [Theory]
    [InlineData(CacheStatus.Miss, true)]
    [InlineData(CacheStatus.Stale, true)]
    [InlineData(CacheStatus.Hit, false)]
    [InlineData(CacheStatus.Bypass, false)]
    [InlineData(CacheStatus.Unsaid, false)]
    public void A_page_that_a_cache_had_not_got_is_visited_again(CacheStatus cache, bool again)
    {
        var domain = Quick(Warm, Page(1));
        var ticket = domain.Asks();
        domain.Left(ticket).Came(ticket, Cached(domain, cache));
        var close = Assert.Single(domain.Wrote<WriterProtocol.CloseVisit>());
        Assert.Equal((again, cache, StatusClass.Ok), (close.Warm, close.Visit.Cache, close.Visit.Class));
        domain.Closed(Page(1));
        Assert.Empty(domain.State.InHand);
        // The store has it open, behind what was there before.
        Assert.Equal(again, domain.Began<DomainWork.LoadWindow>().Count > 0);
    }

    [Fact]
    public void Only_a_warm_jobs_good_whole_pages_are_visited_again()
    {
        var domain = Quick(Job, Page(1));
        var ticket = domain.Asks();
        Assert.False(Assert.Single(domain.Left(ticket).Came(ticket, Cached(domain, CacheStatus.Miss)).Wrote<WriterProtocol.CloseVisit>()).Warm);
        foreach (var outcome in new[] { Cached(domain, CacheStatus.Miss, 404), Cached(domain, CacheStatus.Miss, page: false) })
        {
            domain = Quick(Warm, Page(1));
            ticket = domain.Asks();
            Assert.False(Assert.Single(domain.Left(ticket).Came(ticket, outcome).Wrote<WriterProtocol.CloseVisit>()).Warm);
        }
    }

    [Fact, Trait("Seeds", "P-17+")]
    public void The_second_visit_is_a_request_of_its_own_kind_under_the_pace()
    {
        var domain = Quick(Warm, Page(1) with { IsVisited = true }, Page(2) with { IsVisited = true, Errors = 2 });
        var fetch = Assert.Single(domain.Granted().Began<DomainWork.Fetch>());
        Assert.Equal((RequestKind.Warm, Page(1).Url), (fetch.Request.Kind, fetch.Request.Url));
        domain.Left(fetch.Ticket).Came(fetch.Ticket, Cached(domain, CacheStatus.Hit, page: false));
        var close = Assert.Single(domain.Wrote<WriterProtocol.CloseWarm>());
        Assert.Equal((new WarmSeen(CacheStatus.Hit, 200, 50), RequestKind.Warm), (close.Seen, close.Request!.Kind));
        Assert.Empty(domain.Wrote<WriterProtocol.CloseVisit>());
        Assert.True(domain.WakesAt > domain.Now);
        Assert.Equal(RequestKind.Warm, Assert.Single(domain.After(3).Granted().Began<DomainWork.Fetch>()).Request.Kind);
    }

    [Fact, Trait("Seeds", "P-6")]
    public void A_second_visit_that_is_throttled_is_deferred_like_any_other_and_ends_when_its_tries_do()
    {
        var domain = Quick(Warm, Page(1) with { IsVisited = true });
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 429);
        Assert.True(Assert.Single(domain.Wrote<WriterProtocol.DeferUnit>()).Unit.IsVisited);

        domain = Quick(Warm, Page(1) with { IsVisited = true, Errors = 5 });
        ticket = domain.Asks();
        Assert.Equal(new WarmSeen(CacheStatus.Unsaid, 500, 50), Assert.Single(domain.Left(ticket).Answered(ticket, 500).Wrote<WriterProtocol.CloseWarm>()).Seen);
    }

    [Fact]
    public void A_redirect_at_the_second_visit_leads_nowhere_new()
    {
        var domain = Quick(Warm, Page(1) with { IsVisited = true });
        var ticket = domain.Asks();
        domain.Left(ticket).Came(ticket, domain.Answer(302) with { RedirectTo = PageUrl.FromStored(Origin + "/login") });
        Assert.Empty(domain.Wrote<WriterProtocol.SaveLinks>());
        Assert.Equal(302, Assert.Single(domain.Wrote<WriterProtocol.CloseWarm>()).Seen!.Status);
    }

    [Fact]
    public void A_host_that_is_gone_by_then_ends_it_with_the_first_visit_alone()
    {
        var gone = NoRules with { Status = -(int)FetchFailure.ConnectionRefused, Reachable = false };
        var domain = new DomainScript().Opened(Fast, [gone], [Warm], Page(1) with { IsVisited = true });
        Assert.True(Assert.Single(domain.Wrote<WriterProtocol.CloseWarm>()) is { Seen: null, Request: null });
    }

    [Theory]
    [InlineData(true, false, false, true)]
    [InlineData(false, false, false, false)]
    [InlineData(true, true, false, false)]
    [InlineData(true, false, true, false)]
    public void The_stored_copy_goes_with_a_first_visit_but_not_when_caches_are_to_be_warmed(bool hasCopy, bool isVisited, bool warm, bool sent)
    {
        var domain = Quick(warm ? Warm : Job, Page(1) with { HasCopy = hasCopy, IsVisited = isVisited });
        Assert.Equal(sent ? Page(1).Key.Page : (PageId?)null, Assert.Single(domain.Granted().Began<DomainWork.Fetch>()).Copy);
    }

    [Fact]
    public void A_page_that_has_not_changed_ends_with_what_was_known_and_with_what_was_saved()
    {
        var copy = new PageCopy(new Validators("\"1\"", null), 5_000, "text/html; charset=x", "T", null, false, false, new PageFacts("D", "H", 1, 60), 0, []);
        var domain = Quick(Job, Page(1) with { HasCopy = true });
        var ticket = domain.Asks();
        domain.Left(ticket).Came(ticket, domain.Answer(304) with
        {
            ContentType = null,
            Unchanged = copy,
            Validators = copy.Validators,
            Content = new PageContent("T", null, false, false, [new FoundUrl(PageUrl.FromStored(Origin + "/2"), 1, 0, "two")], [], 0, []) { Facts = copy.Facts },
        });
        Assert.Equal([Origin + "/2"], Assert.Single(domain.Wrote<WriterProtocol.SaveLinks>()).Found.Select(found => found.Url.Text));
        var visit = Assert.Single(domain.Wrote<WriterProtocol.CloseVisit>()).Visit;
        Assert.Equal((StatusClass.Ok, 304, true, 4_990L), (visit.Class, visit.Status, visit.NotModified, visit.SavedBytes));
        Assert.Equal(("text/html; charset=x", "T", copy.Facts, copy.Validators), (visit.ContentType, visit.Title, visit.Facts, visit.Validators));
    }

    [Fact]
    public void A_304_that_nobody_asked_for_brings_nothing()
    {
        var domain = Quick(Job, Page(1));
        var ticket = domain.Asks();
        var visit = Assert.Single(domain.Left(ticket).Answered(ticket, 304).Wrote<WriterProtocol.CloseVisit>()).Visit;
        Assert.Equal((StatusClass.Ok, false, 0L, null), (visit.Class, visit.NotModified, visit.SavedBytes, visit.Title));
    }

    [Fact]
    public void A_page_that_stumbles_over_the_condition_is_asked_again()
    {
        var domain = Quick(Job, Page(1) with { HasCopy = true });
        var ticket = domain.Asks();
        Assert.Single(domain.Left(ticket).Answered(ticket, 412).Wrote<WriterProtocol.DeferUnit>());
        domain = Quick(Job, Page(1));
        ticket = domain.Asks();
        Assert.Equal(StatusClass.Broken, Assert.Single(domain.Left(ticket).Answered(ticket, 412).Wrote<WriterProtocol.CloseVisit>()).Visit.Class);
    }

    [Fact]
    public void A_visit_that_cannot_be_stored_is_not_followed_by_a_second()
    {
        var domain = Quick(Warm, Page(1));
        var ticket = domain.Asks();
        var close = Assert.Single(domain.Left(ticket).Came(ticket, Cached(domain, CacheStatus.Miss)).Wrote<WriterProtocol.CloseVisit>());
        Assert.False(Assert.Single(domain.Say(new WriterProtocol.Rejected(close, "a bad character")).Wrote<WriterProtocol.CloseVisit>()).Warm);
    }

    [Fact]
    public void A_deferral_of_the_second_visit_that_cannot_be_stored_ends_it()
    {
        var domain = Quick(Warm, Page(1) with { IsVisited = true });
        var ticket = domain.Asks();
        var defer = Assert.Single(domain.Left(ticket).Answered(ticket, 429).Wrote<WriterProtocol.DeferUnit>());
        Assert.Null(Assert.Single(domain.Say(new WriterProtocol.Rejected(defer, "a bad number")).Wrote<WriterProtocol.CloseWarm>()).Seen);
    }
}
