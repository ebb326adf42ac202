using Amble.Behaviours.Crawl;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>When a domain begins its next request, and when it tells its jobs that there will be none.</summary>
public sealed class DomainPacingSpecs
{
    private static readonly DomainMemory Fast = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(500) };

    private static DomainScript Quick(params Unit[] units) => new DomainScript().Opened(Fast, [NoRules], [Job], units);

    [Fact, Trait("Seeds", "P-18+")]
    public void Nothing_begins_before_the_request_before_has_left()
    {
        var domain = Quick(Page(1), Page(2));
        var first = domain.Asks();
        Assert.Empty(domain.After(1).Say(new WakeUp()).Began<DomainWork.AskPermit>());
        domain.Left(first);
        Assert.Empty(domain.Began<DomainWork.AskPermit>());
        Assert.InRange(domain.WakesAt!.Value, Begin.AddSeconds(1.5), Begin.AddSeconds(1.55));
        Assert.Single(domain.Waked().Began<DomainWork.AskPermit>());
    }

    [Fact, Trait("Seeds", "P-18+")]
    public void After_a_start_that_was_late_by_a_tenth_or_more_chance_adds_nothing_to_the_next_gap()
    {
        var domain = Quick(Page(1), Page(2), Page(3));
        domain.Left(domain.Asks());
        var second = domain.Waked().Asks();
        domain.After(0.05).Left(second);
        Assert.Equal(domain.Now.AddSeconds(0.5), domain.WakesAt);
    }

    [Fact, Trait("Seeds", "P-18+")]
    public void A_request_that_failed_before_it_left_lets_the_next_begin_a_whole_delay_later()
    {
        var domain = Quick(Page(1), Page(2));
        var first = domain.Asks();
        domain.After(0.1).Came(first, domain.Failure(FetchFailure.ConnectionRefused));
        Assert.Null(domain.State.Departing);
        Assert.True(domain.WakesAt >= Begin.AddSeconds(0.6));
    }

    [Fact, Trait("Seeds", "P-18+")]
    public void A_start_that_another_clock_saw_in_the_future_was_now()
    {
        var domain = Quick(Page(1), Page(2));
        var first = domain.Asks();
        domain.Say(new DomainWork.Left(first, Begin.AddHours(1)));
        Assert.Equal(Begin, domain.State.Memory.LastStartAt);
    }

    [Fact]
    public void A_permit_that_comes_too_late_is_given_back()
    {
        var domain = Quick(Page(1)).Say(new DomainProtocol.DropJob(Name, Job.Id)).Granted();
        Assert.Empty(domain.Began<DomainWork.Fetch>());
        Assert.Equal(Job.Id, Assert.Single(domain.Began<DomainWork.FlightEnded>()).Job);
        Assert.Equal(Job.Id, Assert.Single(domain.Began<DomainWork.HandEmptied>()).Job);
    }

    [Fact]
    public void Every_request_ends_its_flight_once_and_empties_the_hand_at_its_commit()
    {
        var domain = Quick(Page(1));
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 200);
        Assert.Single(domain.Began<DomainWork.FlightEnded>());
        Assert.Empty(domain.Began<DomainWork.HandEmptied>());
        Assert.Single(domain.Closed(Page(1)).Began<DomainWork.HandEmptied>());
        Assert.Empty(domain.Closed(Page(1)).Began<DomainWork.HandEmptied>());
    }

    [Fact]
    public void An_outcome_that_belongs_to_no_request_of_this_life_changes_nothing()
    {
        var domain = Quick(Page(1));
        var before = domain.State;
        domain.Answered(99, 429, "3600");
        Assert.Equal(before, domain.State);
        Assert.Empty(domain.Began<DomainWork.Write>());
    }

    [Fact, Trait("Seeds", "P-4"), Trait("Seeds", "P-16+")]
    public void A_refusal_is_journaled_before_what_it_forbids_could_happen()
    {
        var domain = Quick(Page(1), Page(2));
        var ticket = domain.Asks();
        domain.Left(ticket).After(0.1).Answered(ticket, 429);
        var caution = Assert.IsType<DomainEvent.Cautioned>(Assert.Single(domain.Last.Events.OfType<IJournaled>()));
        Assert.Equal(TimeSpan.FromSeconds(1), caution.Memory.Delay);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(domain.Wrote<WriterProtocol.DeferUnit>()).Memory.Delay);
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void Retry_after_blocks_the_whole_domain_exactly_that_long()
    {
        var domain = Quick(Page(1), Page(2), Page(3));
        var ticket = domain.Asks();
        domain.Left(ticket).After(0.1).Answered(ticket, 429, "25");
        Assert.Equal(Begin.AddSeconds(25.1), domain.State.Pace!.BlockedUntil);
        domain.Say(new WriterProtocol.UnitDeferred(Page(1).Key));
        Assert.Equal(Begin.AddSeconds(25.1), domain.WakesAt);
        Assert.Empty(domain.After(24.9).Say(new WakeUp()).Began<DomainWork.AskPermit>());
        Assert.Single(domain.After(0.1).Say(new WakeUp()).Began<DomainWork.AskPermit>());
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void Beyond_a_day_every_paced_job_is_told_once_to_park()
    {
        var domain = new DomainScript().Opened(Fast, [NoRules], [Job, JobOf(2), JobOf(3, unpaced: true)], Page(1), Page(2), Page(3, job: 2));
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 503, "90000");
        var parks = domain.Told.Cast<JobProtocol.Park>().ToArray();
        Assert.Equal([1, 2], parks.Select(p => p.Job.Value).Order());
        Assert.All(parks, p => Assert.Equal(Begin.AddSeconds(90_000), p.Until));
        Assert.Empty(domain.After(1).Say(new WriterProtocol.UnitDeferred(Page(1).Key)).Told);
    }

    [Fact, Trait("Seeds", "P-12+"), Trait("Seeds", "P-13+")]
    public void When_a_parked_job_resumes_the_site_is_asked_before_anybody_gives_up()
    {
        var domain = Quick(Page(1), Page(2));
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 503, "90000").Say(new WriterProtocol.UnitDeferred(Page(1).Key));
        var rest = Assert.Single(domain.Wrote<WriterProtocol.SaveMemory>()).Memory;
        var resumed = new DomainScript().After(90_000).Opened(rest, [NoRules with { ExpiresAt = Begin.AddDays(9) }], [Job], Page(1), Page(2));
        Assert.Empty(resumed.Told);
        Assert.Single(resumed.Began<DomainWork.AskPermit>());
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void Exactly_a_day_is_waited_for()
    {
        var domain = Quick(Page(1), Page(2));
        var ticket = domain.Asks();
        Assert.Empty(domain.Left(ticket).Answered(ticket, 503, "86400").Told);
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void A_domain_that_refuses_everything_for_30_minutes_tells_its_jobs_to_give_up()
    {
        var barren = Fast with { BarrenSince = Begin.AddMinutes(-30) };
        var gone = new DomainScript().Opened(barren, [NoRules], [Job], Page(1));
        // Just taken up, it asks first.
        Assert.Empty(gone.Told);
        var ticket = gone.Asks();
        Assert.Equal(Job.Id, Assert.IsType<JobProtocol.GiveUp>(Assert.Single(gone.Left(ticket).Answered(ticket, 503).Told)).Job);
        Assert.Empty(gone.Say(new WakeUp()).Told);
        var hopeful = new DomainScript().Opened(barren with { BarrenSince = Begin.AddMinutes(-30).AddSeconds(1) }, [NoRules], [Job], Page(1));
        Assert.Empty(hopeful.Left(hopeful.Asks()).Answered(1, 503).Told);
        Assert.Single(hopeful.After(1).Say(new WakeUp()).Told);
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void A_domain_without_work_is_not_barren()
    {
        var domain = new DomainScript().Opened(Fast with { BarrenSince = Begin.AddHours(-1) }, [NoRules], [Job]);
        Assert.Empty(domain.Told);
        Assert.Null(Assert.Single(domain.Wrote<WriterProtocol.SaveMemory>()).Memory.BarrenSince);
    }

    [Fact]
    public void An_unpaced_job_leaves_the_pace_alone()
    {
        var unpaced = JobOf(1, unpaced: true, concurrency: 4);
        var domain = new DomainScript().Opened(Fast, [NoRules], [unpaced], [.. Enumerable.Range(1, 9).Select(n => Page(n))]);
        Assert.Equal(4, domain.Began<DomainWork.AskPermit>().Count);
        var (first, second) = (domain.Asks(), domain.Asks());
        var pace = domain.State.Pace;
        domain.Answered(first, 429, "3600");
        Assert.Empty(domain.Last.Events.OfType<IJournaled>());
        domain.Answered(second, 200);
        Assert.Equal(pace, domain.State.Pace);
        Assert.Equal(Fast.Delay, Assert.Single(domain.Wrote<WriterProtocol.CloseVisit>()).Memory.Delay);
        Assert.Single(domain.Granted().Began<DomainWork.Fetch>());
    }
}
