using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class PaceGateSpecs
{
    private static readonly PaceSettings Settings = PaceSettings.Default;

    private static DomainState Asked(double delayMs, double agoMs)
    {
        var memory = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(delayMs), LastStartAt = Begin.AddMilliseconds(-agoMs) };
        return new DomainState(Name) { Memory = memory, Pace = Pace.Recover(memory, Settings with { Floor = TimeSpan.Zero }, Begin) };
    }

    private static (bool Open, DateTimeOffset? Wait) Gate(DomainState state, DateTimeOffset? wait = null) =>
        (PaceGate.Open(new Deciding(state, Begin, new CrawlSettings()), ref wait), wait);

    private static DomainState InFlight(DomainState state, int count)
    {
        for (var ticket = 1; ticket <= count; ticket++) state = state with { InFlight = state.InFlight.Add(ticket, new InFlight(ticket, Job, Page(ticket), null, RequestKind.Page, Begin)) };
        return state;
    }

    [Fact, Trait("Seeds", "P-18+")]
    public void A_whole_delay_from_start_to_start_must_have_passed()
    {
        Assert.Equal((true, null), Gate(Asked(2000, 2000)));
        Assert.Equal((false, Begin.AddMilliseconds(1)), Gate(Asked(2000, 1999)));
    }

    [Fact, Trait("Seeds", "P-18+")]
    public void The_roll_only_lengthens_the_gap() =>
        Assert.Equal((false, Begin.AddMilliseconds(200)), Gate(Asked(2000, 2000) with { Roll = 1 }));

    [Fact]
    public void A_domain_that_was_never_asked_need_not_wait() => Assert.True(Gate(Asked(2000, 0) with { Memory = DomainMemory.Blank(Name) }).Open);

    [Fact, Trait("Seeds", "P-18+")]
    public void Nothing_begins_while_a_request_is_about_to_leave_and_only_its_leaving_changes_that() =>
        Assert.Equal((false, null), Gate(Asked(50, 10_000) with { Departing = 7 }));

    [Fact, Trait("Seeds", "P-3")]
    public void As_many_are_in_flight_as_the_delay_is_worth_and_no_more()
    {
        Assert.True(Gate(InFlight(Asked(500, 10_000), 2)).Open);
        Assert.Equal((false, null), Gate(InFlight(Asked(500, 10_000), 3)));
    }

    [Fact, Trait("Seeds", "P-9+")]
    public void At_the_shortest_delay_there_is_still_a_limit_in_flight()
    {
        Assert.True(Gate(InFlight(Asked(50, 10_000), 29)).Open);
        Assert.False(Gate(InFlight(Asked(50, 10_000), 30)).Open);
    }

    [Fact]
    public void A_crawl_delay_is_a_floor_for_the_gap_and_leaves_one_slot()
    {
        var rules = Rules("User-agent: *\nCrawl-delay: 4\n");
        var state = Asked(100, 3999);
        state = state with { Robots = state.Robots.Add(Origin, new RobotsKnown(rules, RobotsRules.Of(rules))) };
        Assert.Equal((false, Begin.AddMilliseconds(1)), Gate(state));
        Assert.Equal(1, PaceGate.Slots(state, Settings));
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void The_latest_of_gap_rest_and_block_decides_and_an_earlier_wish_stays()
    {
        var state = Asked(2000, 0) with { RestUntil = Begin.AddSeconds(5) };
        Assert.Equal((false, Begin.AddSeconds(5)), Gate(state));
        state = state with { Pace = state.Pace! with { BlockedUntil = Begin.AddSeconds(9) } };
        Assert.Equal((false, Begin.AddSeconds(9)), Gate(state));
        Assert.Equal((false, Begin.AddSeconds(3)), Gate(state, wait: Begin.AddSeconds(3)));
    }
}
