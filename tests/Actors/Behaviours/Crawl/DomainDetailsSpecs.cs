using Amble.Behaviours.Crawl;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>A domain tells all of itself without being changed by the question (S-8).</summary>
public sealed class DomainDetailsSpecs
{
    private static readonly DomainMemory Known = DomainMemory.Blank(Name) with
    {
        Delay = TimeSpan.FromSeconds(2),
        Held = TimeSpan.FromSeconds(1.5),
        Refused = TimeSpan.FromSeconds(1),
        LastGoodAt = Begin.AddDays(-1),
    };

    private static T Told<T>(DomainScript domain, DomainProtocol.IQuery query)
    {
        var before = domain.State;
        var reply = Assert.IsType<Effect.Reply>(Assert.Single(domain.Say(query).Last.Effects.Where(effect => effect is not Effect.Sleep)));
        Assert.Same(before, domain.State);
        return Assert.IsType<T>(reply.Message);
    }

    private static DomainProtocol.Details Details(DomainScript domain) => Told<DomainProtocol.Details>(domain, new DomainProtocol.GetDetails(Name));

    private static DomainProtocol.Standing Standing(DomainScript domain, Unit unit) => Told<DomainProtocol.Standing>(domain, new DomainProtocol.GetStanding(Name, unit.Key));

    [Fact, Trait("Seeds", "S-8")]
    public void All_clocks_and_what_comes_next_are_told()
    {
        var units = Enumerable.Range(1, 15).Select(n => Page(n)).ToArray();
        var domain = new DomainScript().Opened(Known, [Rules("User-agent: *\nCrawl-delay: 3")], [Job], units);
        var ticket = domain.Asks();
        var told = Details(domain.Left(ticket).After(1));
        Assert.Equal((3, 2, 1.5, 1), (told.Status.Delay.TotalSeconds, told.Learned.TotalSeconds, told.Held!.Value.TotalSeconds, told.Refused!.Value.TotalSeconds));
        Assert.Equal((TimeSpan.FromSeconds(3), 1, 1, 14), (told.Status.CrawlDelay, told.Status.Slots, told.Status.InFlight, told.Status.Ready));
        Assert.Equal((Begin, Begin.AddDays(-1)), (told.LastStartAt, told.LastGoodAt));
        Assert.Equal((Origin, 200, true, Begin), (told.Robots[0].Origin, told.Robots[0].Status, told.Robots[0].Reachable, told.Robots[0].FetchedAt));
        Assert.Equal(units.Skip(1).Take(DomainProtocol.Details.MostNext).Select(unit => unit.Url), told.Next.Select(next => next.Url));
        Assert.Equal([DecisionKind.Woke, DecisionKind.Asked], told.Decisions.Select(made => made.Kind));
    }

    [Fact]
    public void Who_is_asleep_says_so() => Assert.True(Details(new DomainScript()).Status.IsAsleep);

    [Fact]
    public void Long_URLs_cost_the_oldest_decisions_and_never_a_large_message()
    {
        var domain = new DomainScript().Opened(Known, [NoRules], [Job]);
        var url = PageUrl.FromStored(Origin + "/" + new string('a', 2_000));
        for (var n = 0; n < 40; n++) domain.Say(new DomainWork.WindowLoaded(new([], [], null), 1));
        var state = Enumerable.Range(0, 40).Aggregate(domain.State, (s, n) => s with { Decisions = s.Decisions.Add(new DecisionMade(Begin.AddSeconds(n), DecisionKind.Deferred, "x", url)) });
        var told = DomainDetails.Of(state, Begin, new CrawlSettings()).Decisions;
        Assert.InRange(told.Sum(made => made.Url!.Text.Length), 15_000, 20 << 10);
        Assert.Equal(Begin.AddSeconds(39), told[^1].At);
    }

    [Fact]
    public void A_unit_stands_in_the_window_in_flight_in_hand_or_elsewhere()
    {
        var domain = new DomainScript().Opened(Known, [NoRules], [Job], Page(1), Page(2), Page(3));
        Assert.Equal((DomainProtocol.UnitPlace.Ready, 2, true), Place(Standing(domain, Page(3))));
        var ticket = domain.Asks();
        Assert.Equal((DomainProtocol.UnitPlace.InFlight, 0, false), Place(Standing(domain, Page(1))));
        domain.Left(ticket).Answered(ticket, 200);
        Assert.Equal((DomainProtocol.UnitPlace.Saving, 0, false), Place(Standing(domain, Page(1))));
        Assert.Equal((DomainProtocol.UnitPlace.Elsewhere, 0, false), Place(Standing(domain.Closed(Page(1)), Page(1))));

        static (DomainProtocol.UnitPlace, int, bool) Place(DomainProtocol.Standing s) => (s.Place, s.Before, s.WaitsForPermit);
    }

    [Fact]
    public void A_unit_whose_robots_txt_is_on_its_way_waits_for_that()
    {
        var domain = new DomainScript().Opened(Known, [], [Job], Page(1));
        domain.Asks();
        Assert.True(Standing(domain, Page(1)).ReadsRobots);
    }

    [Fact]
    public void A_newborn_that_rests_says_until_when() => Assert.Equal(
        Begin.AddSeconds(2), Standing(new DomainScript().Opened(Known with { Awake = true, Held = null }, [NoRules], [Job], Page(1)), Page(1)).RestUntil);
}
