using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>A Crawl-delay of two minutes, far longer than a domain stays awake with nothing to do: nothing is early and nothing is left out.</summary>
public sealed class CrawlDelaySpecs
{
    private static readonly RobotsRecord _slow = Rules("User-agent: *\nCrawl-delay: 120\nDisallow: /9\n");

    [Fact, Trait("Seeds", "P-18")]
    public void Every_page_is_asked_two_minutes_after_the_one_before_and_none_is_skipped()
    {
        Unit[] pages = [Page(1), Page(2), Page(3), Page(4)];
        var domain = new DomainScript().Opened(DomainMemory.Blank(Name), [_slow], [Job], pages);
        var starts = new List<DateTimeOffset>();
        var asked = new List<string>();
        foreach (var page in pages)
        {
            if (starts.Count > 0) AssertNothingBefore(domain, starts[^1]);
            var fetch = Assert.Single(domain.Granted().Began<DomainWork.Fetch>());
            starts.Add(domain.Now);
            asked.Add(fetch.Request.Url.PathAndQuery);
            domain.Left(fetch.Ticket).After(0.1).Answered(fetch.Ticket, 200).Closed(page);
            // Asleep it would forget the good answers in a row.
            Assert.Equal(page == pages[^1] ? DomainPhase.DozingOff : DomainPhase.Awake, domain.State.Phase);
        }
        Assert.Equal(["/1", "/2", "/3", "/4"], asked);
        Assert.All(starts.Zip(starts.Skip(1), (one, next) => next - one), gap => Assert.InRange(gap.TotalSeconds, 120, 132));
    }

    [Fact]
    public void What_robots_keeps_out_costs_no_delay()
    {
        var domain = new DomainScript().Opened(DomainMemory.Blank(Name), [_slow], [Job], Page(9), Page(1));
        Assert.Equal(ExclusionReason.Robots, Assert.Single(domain.Wrote<WriterProtocol.CloseUnits>()).Why);
        Assert.Equal("/1", Assert.Single(domain.Granted().Began<DomainWork.Fetch>()).Request.Url.PathAndQuery);
    }

    [Theory, Trait("Seeds", "P-3")]
    [InlineData(120, 1)]
    [InlineData(1.5, 1)]
    [InlineData(0.6, 3)]
    [InlineData(0.1, 3)]
    public void As_many_are_in_flight_as_it_is_worth_however_fast_the_domain_was_before(double seconds, int slots)
    {
        var fast = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(500) };
        var domain = new DomainScript().Opened(fast, [Rules(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"User-agent: *\nCrawl-delay: {seconds}\n"))], [Job], Page(1), Page(2));
        Assert.Equal(slots, PaceGate.Slots(domain.State, PaceSettings.Default));
    }

    private static void AssertNothingBefore(DomainScript domain, DateTimeOffset start)
    {
        Assert.InRange((domain.WakesAt!.Value - start).TotalSeconds, 120, 132);
        Assert.Empty(domain.After(119 - (domain.Now - start).TotalSeconds).Say(new Amble.Behaviours.Runtime.WakeUp()).Began<DomainWork.AskPermit>());
        Assert.Single(domain.Waked().Began<DomainWork.AskPermit>());
    }
}
