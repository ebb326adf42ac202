using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>A domain tells what it decided lately, and why (S-8).</summary>
public sealed class DecisionsSpecs
{
    private static readonly DomainMemory Fast = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(500) };

    private static DomainScript Quick(params Unit[] units) => new DomainScript().Opened(Fast, [NoRules], [Job], units);

    private static string LastOf(DomainScript domain, DecisionKind kind) => domain.State.Decisions.All().Last(made => made.Kind == kind).Reason;

    [Fact, Trait("Seeds", "S-8")]
    public void A_refusal_is_told_with_what_it_changed_and_what_became_of_its_URL()
    {
        var domain = Quick(Page(1), Page(2));
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 429, "30");
        var made = domain.State.Decisions.All();
        Assert.Equal([DecisionKind.Woke, DecisionKind.Asked, DecisionKind.Slowed, DecisionKind.Blocked, DecisionKind.Deferred], made.Select(one => one.Kind));
        Assert.Equal(
            [
                "It is taken up with a delay of 0.5 s.", "It was the first that was due.", "The delay goes from 0.5 s to 1 s: HTTP 429.",
                "Nothing is asked until 2026-03-01 12:00:30Z: the site asked for it (Retry-After).",
                "Due again in 0.1 s: HTTP 429, not charged: the host has answered no other URL well since.",
            ], made.Select(one => one.Reason));
        Assert.Equal([null, Page(1).Url, null, null, Page(1).Url], made.Select(one => one.Url));
    }

    [Fact]
    public void A_climb_is_told()
    {
        var slow = new DomainScript().Opened(DomainMemory.Blank(Name) with { Delay = TimeSpan.FromSeconds(1.5) }, [NoRules], [Job], [.. Enumerable.Range(1, 6).Select(n => Page(n))]);
        for (var page = 1; page <= 5; page++)
        {
            var ticket = slow.Asks();
            slow.Left(ticket).Answered(ticket, 200).Closed(Page(page)).After(2);
            slow.Say(new DomainProtocol.Wake(Name));
        }
        Assert.Equal("The delay goes from 1.5 s to 1 s: enough good answers in a row.", LastOf(slow, DecisionKind.Quickened));
    }

    [Fact]
    public void What_a_pace_tries_and_keeps_is_told()
    {
        var now = Begin;
        var standing = new Pace { Delay = TimeSpan.FromSeconds(2), Held = TimeSpan.FromSeconds(2), Refused = TimeSpan.FromSeconds(1), ProbeWait = TimeSpan.FromSeconds(60) };
        var probing = standing with { Delay = TimeSpan.FromSeconds(1.4) };
        Assert.Equal("A delay of 1.4 s is tried: the site refused at 1 s, and 2 s has stood 60 s.", Assert.Single(PaceWords.Of(standing, probing, "a good answer.", now)).Reason);
        var held = Assert.Single(PaceWords.Of(probing, probing with { Held = probing.Delay, Refused = null }, "a good answer.", now));
        Assert.Equal((DecisionKind.Held, "The delay of 1.4 s has stood its time; it is the one to come back to."), (held.Kind, held.Reason));
        Assert.Equal("The delay goes from 1.4 s to 2 s: HTTP 429. The probe was refused.", Assert.Single(PaceWords.Of(probing, standing, "HTTP 429.", now)).Reason);
        Assert.Empty(PaceWords.Of(standing, standing with { Streak = 3 }, "a good answer.", now));
    }

    [Fact]
    public void Who_rests_after_a_restart_says_until_when() => Assert.Equal(
        "It is taken up and rests until 2026-03-01 12:00:01Z: a request may have left just before the end of its former life.",
        LastOf(new DomainScript().Opened(Fast with { Delay = TimeSpan.FromSeconds(1), Awake = true }, [NoRules], [Job], Page(1)), DecisionKind.Woke));

    [Theory]
    [InlineData(200, "User-agent: *\nCrawl-delay: 7", "http://a.test/robots.txt was read; it asks for a Crawl-delay of 7 s.")]
    [InlineData(200, "", "http://a.test/robots.txt was read.")]
    [InlineData(404, null, "http://a.test has no robots.txt (HTTP 404): all is allowed.")]
    [InlineData(500, null, "http://a.test/robots.txt could not be read (HTTP 500), so nothing of it may be asked for until 2026-03-02 12:00:00Z.")]
    [InlineData(-1, null, "http://a.test/robots.txt could not be read (Timeout), so nothing of it may be asked for until 2026-03-02 12:00:00Z.")]
    public void What_robots_txt_said_is_told(int status, string? text, string told)
    {
        var record = Rules(text, status, status is > 0 and < 500);
        Assert.Equal(told, DecisionWords.Robots(record, RobotsRules.Of(record), Begin).Reason);
    }

    [Fact]
    public void A_robots_txt_that_comes_is_told_and_so_is_what_it_keeps_out()
    {
        var domain = new DomainScript().Opened(Fast, [], [Job], Page(1), Page(2));
        var ticket = domain.Asks();
        Assert.Equal("robots.txt is read before any page of its origin is asked for.", LastOf(domain, DecisionKind.Asked));
        domain.Left(ticket).Came(ticket, domain.Answer(200) with { Robots = new RobotsBody("User-agent: *\nDisallow: /") });
        Assert.Equal("http://a.test/robots.txt was read.", LastOf(domain, DecisionKind.RobotsRead));
        Assert.Equal("2 URLs are kept out: robots.txt does not allow them.", LastOf(domain, DecisionKind.KeptOut));
    }

    [Theory]
    [InlineData(ExclusionReason.Robots, "One URL is kept out: robots.txt does not allow it.")]
    [InlineData(ExclusionReason.RobotsUnreachable, "One URL is kept out: robots.txt could not be read, which forbids all.")]
    [InlineData(ExclusionReason.PageLimit, "One URL is kept out: the job has all the pages that it may have.")]
    public void What_is_kept_out_without_a_request_is_told(ExclusionReason why, string told) =>
        Assert.Equal(told, DecisionWords.KeptOut(1, Page(1), why, Begin).Reason);

    [Fact]
    public void A_host_that_cannot_be_reached_is_told_at_its_pages()
    {
        var domain = new DomainScript().Opened(Fast, [Rules(null, -4, reachable: false)], [Job], Page(1));
        Assert.Equal("It ends without a request: There is no host named a.test.", LastOf(domain, DecisionKind.KeptOut));
    }

    [Fact]
    public void A_long_wait_for_a_permit_is_told_and_a_short_one_is_not()
    {
        var domain = Quick(Page(1), Page(2));
        var ticket = domain.Asks();
        Assert.DoesNotContain(domain.State.Decisions.All(), made => made.Kind == DecisionKind.PermitWaited);
        domain.Left(ticket).Answered(ticket, 200).Closed(Page(1)).After(1).Say(new DomainProtocol.Wake(Name));
        domain.After(3).Asks();
        Assert.Equal("It waited 3 s for a permit: its job had all in flight or in hand that it may have.", LastOf(domain, DecisionKind.PermitWaited));
    }

    [Fact]
    public void A_read_that_failed_is_told()
    {
        var domain = new DomainScript().Say(new DomainProtocol.Wake(Name)).Say(new DomainWork.DomainLoaded(new DomainRead(Fast, [NoRules])));
        domain.Say(new Amble.Behaviours.Runtime.WorkFailed(new DomainWork.LoadWindow(Name, 256), "The disk is slow."));
        Assert.Equal("What is due could not be read, and is read again in 1 s: The disk is slow.", LastOf(domain, DecisionKind.ReadFailed));
    }

    [Fact]
    public void Giving_up_and_parking_are_told()
    {
        Assert.Equal("Job 1 is to end as blocked: No good answer since then.", DecisionWords.Told(new GiveUpVerdict.GiveUp("No good answer since then."), Job.Id, Begin).Reason);
        var domain = Quick(Page(1));
        var ticket = domain.Asks();
        domain.Left(ticket).Answered(ticket, 429, "172800");
        Assert.Equal("Job 1 is to be parked until 2026-03-03 12:00:00Z: The site asked us to stay away (Retry-After).", LastOf(domain, DecisionKind.Parked));
    }

    [Fact]
    public void Few_decisions_are_remembered_and_requests_push_out_no_others()
    {
        var decisions = Decisions.None;
        for (var second = 0; second < 1_000; second++)
        {
            decisions = decisions.Add(new DecisionMade(Begin.AddSeconds(second), DecisionKind.Asked, "asked"));
            if (second < 100) decisions = decisions.Add(new DecisionMade(Begin.AddSeconds(second), DecisionKind.Deferred, "deferred"));
        }
        var all = decisions.All();
        Assert.Equal((Decisions.MostRequests, Decisions.MostOthers), (all.Count(made => made.Kind == DecisionKind.Asked), all.Count(made => made.Kind == DecisionKind.Deferred)));
        Assert.Equal((Begin.AddSeconds(68), Begin.AddSeconds(999)), (all[0].At, all[^1].At));
        Assert.Equal(all.Select(made => made.At).Order(), all.Select(made => made.At));
    }
}
