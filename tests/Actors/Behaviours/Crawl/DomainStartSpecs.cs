using Amble.Behaviours.Crawl;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>How a domain wakes, begins, and goes back to sleep.</summary>
public sealed class DomainStartSpecs
{
    private static readonly DomainMemory Known = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(500), LastStartAt = Begin.AddHours(-1) };

    [Fact, Trait("Seeds", "P-1")]
    public void A_domain_never_crawled_begins_with_one_request()
    {
        var domain = new DomainScript().Opened(Page(1), Page(2), Page(3));
        Assert.Single(domain.Began<DomainWork.AskPermit>());
        domain.Left(domain.Asks());
        Assert.Equal(TimeSpan.FromSeconds(2), domain.State.EffectiveDelay);
        domain.After(1.999).Say(new WakeUp());
        Assert.Empty(domain.Began<DomainWork.AskPermit>());
    }

    [Fact, Trait("Seeds", "P-2")]
    public void A_known_domain_begins_at_the_floor_with_three_in_flight_at_most()
    {
        var domain = new DomainScript().Opened(Known, [NoRules], [Job], Page(1), Page(2), Page(3), Page(4), Page(5));
        for (var i = 0; i < 3; i++) domain.Left(domain.Asks()).After(1);
        Assert.Equal(3, domain.State.InFlight.Count);
        Assert.Empty(domain.Say(new WakeUp()).Began<DomainWork.AskPermit>());
    }

    [Fact, Trait("Seeds", "P-2")]
    public void A_job_that_joins_a_live_domain_begins_at_the_floor_too()
    {
        var domain = new DomainScript().Opened(Known with { Delay = TimeSpan.FromMilliseconds(100) }, [NoRules], [Job], Page(1));
        domain.Say(new DomainProtocol.Wake(Name)).Windowed([JobOf(2)], Page(2, job: 2));
        Assert.Equal(TimeSpan.FromMilliseconds(500), domain.State.Pace!.Delay);
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void A_newborn_that_was_awake_rests_one_whole_delay()
    {
        var domain = new DomainScript().Opened(Known with { Awake = true, Delay = TimeSpan.FromSeconds(7) }, [NoRules], [Job], Page(1));
        Assert.Empty(domain.Began<DomainWork.AskPermit>());
        Assert.Equal(Begin.AddSeconds(7), domain.WakesAt);
        Assert.Single(domain.Waked().Began<DomainWork.AskPermit>());
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void A_newborn_whose_site_has_a_crawl_delay_rests_that_long()
    {
        var domain = new DomainScript().Opened(Known with { Awake = true }, [Rules("User-agent: *\nCrawl-delay: 9\n")], [Job], Page(1));
        Assert.Equal(Begin.AddSeconds(9), domain.WakesAt);
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void After_a_clean_rest_the_last_start_is_known_and_nothing_else_is_waited_for()
    {
        var domain = new DomainScript().Opened(Known with { LastStartAt = Begin.AddMilliseconds(-300) }, [NoRules], [Job], Page(1));
        Assert.Equal(Begin.AddMilliseconds(200), domain.WakesAt);
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void A_stored_block_holds_across_a_restart()
    {
        var domain = new DomainScript().Opened(Known with { BlockedUntil = Begin.AddSeconds(20), BlockReason = "it asked" }, [NoRules], [Job], Page(1));
        Assert.Equal(Begin.AddSeconds(20), domain.WakesAt);
        Assert.Empty(domain.Began<DomainWork.AskPermit>());
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void A_caution_is_journaled_before_its_request()
    {
        var domain = new DomainScript().Opened(Page(1), Page(2)).Granted();
        var caution = Assert.IsType<DomainEvent.Cautioned>(Assert.Single(domain.Last.Events.OfType<IJournaled>()));
        Assert.True(caution.Memory is { Awake: true, Delay: not null });
        Assert.Single(domain.Began<DomainWork.Fetch>());
        domain.Left(1).Answered(1, 200).After(3).Granted();
        Assert.Empty(domain.Last.Events.OfType<IJournaled>());
    }

    [Fact]
    public void A_store_that_cannot_be_read_is_asked_again_a_second_later_and_not_at_once()
    {
        var domain = new DomainScript().Say(new DomainProtocol.Wake(Name));
        domain.Say(new WorkFailed(new DomainWork.LoadDomain(Name), "It is busy."));
        Assert.Empty(domain.Began<IWork>());
        Assert.Equal(Begin.AddSeconds(1), domain.WakesAt);
        Assert.Single(domain.Waked().Began<DomainWork.LoadDomain>());
        domain.Say(new DomainWork.DomainLoaded(new(DomainMemory.Blank(Name), [])));
        domain.Say(new WorkFailed(new DomainWork.LoadWindow(Name, 256), "It is busy."));
        Assert.Empty(domain.Began<DomainWork.LoadWindow>());
        Assert.Equal(Begin.AddSeconds(2), domain.WakesAt);
        Assert.Single(domain.Waked().Began<DomainWork.LoadWindow>());
    }

    [Fact]
    public void A_domain_with_nothing_to_do_dozes_off_and_sleeps()
    {
        var domain = new DomainScript().Opened();
        Assert.Single(domain.Wrote<WriterProtocol.SaveMemory>());
        Assert.False(domain.Sleeps);
        Assert.True(domain.Say(new WriterProtocol.MemorySaved(Name)).Sleeps);
        Assert.Equal(DomainPhase.Asleep, domain.State.Phase);
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void A_domain_that_asked_stores_a_clean_rest_before_it_sleeps()
    {
        var domain = new DomainScript().Opened(Page(1));
        domain.Left(domain.Asks()).Answered(1, 200);
        Assert.Empty(domain.Wrote<WriterProtocol.SaveMemory>());
        var rest = Assert.Single(domain.Closed(Page(1), pending: 0).Wrote<WriterProtocol.SaveMemory>()).Memory;
        Assert.False(rest.Awake);
        Assert.Equal(Begin, rest.LastStartAt);
    }

    [Fact]
    public void A_wake_up_while_dozing_off_is_not_lost()
    {
        var domain = new DomainScript().Opened().Say(new DomainProtocol.Wake(Name));
        Assert.Empty(domain.Began<IWork>());
        domain.Say(new WriterProtocol.MemorySaved(Name));
        Assert.False(domain.Sleeps);
        Assert.Single(domain.Began<DomainWork.LoadWindow>());
        Assert.Single(domain.Windowed([Job], Page(1)).Began<DomainWork.AskPermit>());
    }

    [Fact]
    public void A_domain_that_must_wait_long_sleeps_and_leaves_the_waking_to_the_store()
    {
        var domain = new DomainScript().Opened(Known with { BlockedUntil = Begin.AddSeconds(31) }, [NoRules], [Job], Page(1));
        Assert.Single(domain.Wrote<WriterProtocol.SaveMemory>());
        Assert.Empty(domain.State.Window.Ready);
    }

    [Fact]
    public void How_it_is_doing_is_answered_from_memory_at_any_time()
    {
        var asleep = new DomainScript().Say(new DomainProtocol.GetStatus(Name));
        Assert.Equal("asleep", Assert.IsType<DomainProtocol.Status>(Assert.Single(asleep.Last.Effects.OfType<Effect.Reply>()).Message).Doing);
        var asking = new DomainScript().Opened(Page(1), Page(2));
        asking.Left(asking.Asks()).Say(new DomainProtocol.GetStatus(Name));
        var status = Assert.IsType<DomainProtocol.Status>(Assert.Single(asking.Last.Effects.OfType<Effect.Reply>()).Message);
        Assert.True(status is { Doing: "asking", InFlight: 1, Ready: 1, Slots: 1 });
        Assert.Equal(TimeSpan.FromSeconds(2), status.Delay);
        Assert.Empty(asking.Last.Events);
    }

    [Fact]
    public void What_a_domain_does_not_understand_is_a_surprise() =>
        Assert.Throws<InvalidOperationException>(() => new DomainScript().Say("what?"));
}
