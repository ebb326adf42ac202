using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>What becomes of a domain's units.</summary>
public sealed class DomainUnitSpecs
{
    private static readonly DomainMemory Fast = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(500) };

    private static DomainScript Quick(params Unit[] units) => new DomainScript().Opened(Fast, [NoRules], [Job], units);

    private static FoundUrl[] Found(int count) => [.. Enumerable.Range(0, count).Select(n => new FoundUrl(PageUrl.FromStored($"{Origin}/found/{n}"), 1, 0, "a link"))];

    private static FetchOutcome WithLinks(DomainScript domain, int found, int excluded = 0) => domain.Answer(200) with
    {
        Content = new PageContent("T", null, false, false, Found(found), [.. Found(excluded).Select(f => (f.Url, ExclusionReason.Depth))], found, []),
    };

    [Fact]
    public void A_unit_stays_in_hand_until_its_commit()
    {
        var domain = Quick(Page(1));
        var ticket = domain.Asks();
        Assert.Contains(Page(1).Key, domain.State.InHand.Keys);
        domain.Left(ticket).Answered(ticket, 200);
        Assert.Contains(Page(1).Key, domain.State.InHand.Keys);
        // The store still says that it is open.
        domain.Say(new DomainProtocol.Wake(Name)).Windowed([Job], Page(1));
        Assert.Empty(domain.State.Window.Ready);
        Assert.Empty(domain.Closed(Page(1)).State.InHand);
    }

    [Fact]
    public void A_read_that_is_older_than_the_commit_does_not_bring_a_unit_back()
    {
        var domain = Quick(Page(1));
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 200).Say(new DomainProtocol.Wake(Name));
        Assert.Single(domain.Began<DomainWork.LoadWindow>());
        domain.Closed(Page(1)).Windowed([Job], Page(1));
        Assert.Empty(domain.State.Window.Ready);
    }

    [Fact]
    public void A_commit_that_leaves_nothing_pending_is_told_to_the_job()
    {
        var domain = Quick(Page(1));
        var ticket = domain.Asks();
        Assert.Empty(domain.Left(ticket).Answered(ticket, 200).Told);
        Assert.Equal(new JobProtocol.PendingReachedZero(Job.Id), Assert.Single(domain.Closed(Page(1), pending: 0).Told));
    }

    [Fact, Trait("Seeds", "P-6")]
    public void A_throttled_unit_is_deferred_not_failed()
    {
        var domain = Quick(Page(1), Page(2));
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 429);
        Assert.Empty(domain.Wrote<WriterProtocol.CloseVisit>());
        var deferred = Assert.Single(domain.Wrote<WriterProtocol.DeferUnit>()).Unit;
        Assert.Equal(Begin.AddMilliseconds(100), deferred.DueAt);
        domain.Say(new WriterProtocol.UnitDeferred(deferred.Key));
        Assert.Empty(domain.State.InHand);
        Assert.Equal(deferred.DueAt, domain.State.Window.NextDue);
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void A_refusal_is_charged_only_after_another_URL_was_answered_well()
    {
        var domain = Quick(Page(1), Page(2));
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 200).After(3);
        ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 429);
        Assert.Equal(1, Assert.Single(domain.Wrote<WriterProtocol.DeferUnit>()).Unit.Throttles);
        var barren = Quick(Page(1));
        ticket = barren.Asks();
        Assert.Equal(0, Assert.Single(barren.Left(ticket).Answered(ticket, 429).Wrote<WriterProtocol.DeferUnit>()).Unit.Throttles);
    }

    [Fact, Trait("Seeds", "P-7")]
    public void A_transient_error_is_deferred_five_times_and_then_ends_its_unit()
    {
        var domain = Quick(Page(1) with { Errors = 4 }, Page(2) with { Errors = 5 });
        var ticket = domain.Asks();
        Assert.Equal(5, Assert.Single(domain.Left(ticket).Answered(ticket, 500).Wrote<WriterProtocol.DeferUnit>()).Unit.Errors);
        ticket = domain.After(3).Asks();
        var visit = Assert.Single(domain.Left(ticket).Answered(ticket, 500).Wrote<WriterProtocol.CloseVisit>()).Visit;
        Assert.True(visit is { Class: StatusClass.Broken, Tries: 6 });
    }

    [Fact, Trait("Seeds", "P-17+")]
    public void A_retry_is_a_request_of_its_own_kind()
    {
        var domain = Quick(Page(1) with { Errors = 1 });
        Assert.Equal(RequestKind.Retry, Assert.Single(domain.Granted().Began<DomainWork.Fetch>()).Request.Kind);
    }

    [Fact]
    public void Links_go_to_the_writer_in_parts_of_500_then_the_close()
    {
        var domain = Quick(Page(1));
        var ticket = domain.Asks();
        domain.Left(ticket).Came(ticket, WithLinks(domain, found: 1_001, excluded: 501));
        var writes = domain.Began<DomainWork.Write>().Select(w => w.Command).ToArray();
        var parts = writes.OfType<WriterProtocol.SaveLinks>().ToArray();
        Assert.Equal([500, 500, 1, 0, 0], parts.Select(p => p.Found.Count));
        Assert.Equal([0, 0, 0, 500, 1], parts.Select(p => p.Excluded.Count));
        Assert.Equal([0, 1, 2, 3, 4], parts.Select(p => p.Part));
        Assert.IsType<WriterProtocol.CloseVisit>(writes[^1]);
        Assert.Equal(6, writes.Length);
    }

    [Fact]
    public void A_redirect_within_the_site_becomes_a_unit_and_one_that_leaves_it_does_not()
    {
        var domain = Quick(Page(1), Page(2));
        var ticket = domain.Asks();
        domain.Left(ticket).Came(ticket, domain.Answer(301) with { RedirectTo = PageUrl.FromStored("http://www.a.test/x") });
        var hop = Assert.Single(Assert.Single(domain.Wrote<WriterProtocol.SaveLinks>()).Found);
        Assert.Equal(("http://www.a.test/x", 0, 1), (hop.Url.Text, hop.Depth, hop.Hops));
        ticket = domain.After(3).Asks();
        domain.Left(ticket).Came(ticket, domain.Answer(301) with { RedirectTo = PageUrl.FromStored("http://other.test/") });
        Assert.Empty(domain.Wrote<WriterProtocol.SaveLinks>());
        Assert.Equal(StatusClass.Redirected, Assert.Single(domain.Wrote<WriterProtocol.CloseVisit>()).Visit.Class);
    }

    [Fact]
    public void Other_hosts_that_gained_work_are_woken_and_its_own_is_read()
    {
        var other = DomainName.Of("www.a.test", 80);
        var domain = Quick(Page(1)).Say(new WriterProtocol.LinksSaved(Page(1).Key, 0, [other, Name]));
        Assert.Equal(new DomainProtocol.Wake(other), Assert.Single(domain.Told));
        Assert.Single(domain.Began<DomainWork.LoadWindow>());
    }

    [Fact]
    public void A_cancelled_jobs_units_are_forgotten()
    {
        var domain = new DomainScript().Opened(Fast, [NoRules], [Job, JobOf(2)], Page(1), Page(2, job: 2)).Say(new DomainProtocol.DropJob(Name, Job.Id));
        Assert.Equal([2], domain.State.Window.Ready.Select(u => u.Key.Job.Value));
        Assert.Equal([2], domain.State.Jobs.Keys.Select(j => j.Value));
    }

    [Fact]
    public void A_read_that_is_older_than_a_jobs_end_does_not_bring_the_job_back()
    {
        var domain = new DomainScript().Say(new DomainProtocol.Wake(Name)).Say(new DomainWork.DomainLoaded(new DomainRead(Fast, [NoRules])));
        domain.Say(new DomainProtocol.DropJob(Name, Job.Id)).Windowed([Job, JobOf(2)], Page(1), Page(2, job: 2));
        Assert.Equal([2], domain.State.Window.Ready.Select(u => u.Key.Job.Value));
        Assert.Equal([2], domain.State.Jobs.Keys.Select(j => j.Value));
        Assert.Single(domain.Began<DomainWork.LoadWindow>());
    }

    [Fact]
    public void The_store_is_read_again_when_a_quarter_of_the_window_is_left()
    {
        var domain = new DomainScript(new CrawlSettings { Window = 8 });
        domain.Say(new DomainProtocol.Wake(Name)).Say(new DomainWork.DomainLoaded(new DomainRead(Fast, [NoRules])));
        domain.Say(new DomainWork.WindowLoaded(new WindowRead([Page(1), Page(2), Page(3)], [Job], null), 3));
        Assert.Empty(domain.Began<DomainWork.LoadWindow>());
        // Room for what is here and in hand, and a window more.
        Assert.Equal(8 + 2 + 1, Assert.Single(domain.Granted().Began<DomainWork.LoadWindow>()).Limit);
    }

    [Fact]
    public void A_visit_that_cannot_be_stored_is_stored_bare()
    {
        var domain = Quick(Page(1));
        var ticket = domain.Asks();
        var close = Assert.Single(domain.Left(ticket).Came(ticket, WithLinks(domain, 1)).Wrote<WriterProtocol.CloseVisit>());
        var bare = Assert.Single(domain.Say(new WriterProtocol.Rejected(close, "a bad character")).Wrote<WriterProtocol.CloseVisit>()).Visit;
        Assert.True(bare is { Class: StatusClass.Unknown, Details: null, Title: null, Error: "Could not be stored: a bad character" });
        Assert.Throws<InvalidOperationException>(() => domain.Say(new WriterProtocol.Rejected(close with { Visit = bare }, "again")));
    }

    [Fact]
    public void A_deferral_that_cannot_be_stored_ends_the_unit()
    {
        var domain = Quick(Page(1));
        var ticket = domain.Asks();
        var defer = Assert.Single(domain.Left(ticket).Answered(ticket, 429).Wrote<WriterProtocol.DeferUnit>());
        var visit = Assert.Single(domain.Say(new WriterProtocol.Rejected(defer, "a bad number")).Wrote<WriterProtocol.CloseVisit>()).Visit;
        Assert.Equal((Page(1).Key, StatusClass.Unknown), (visit.Key, visit.Class));
    }
}
