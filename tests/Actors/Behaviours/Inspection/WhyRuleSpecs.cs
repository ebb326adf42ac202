using Amble.Behaviours.Inspection;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Inspection;

/// <summary>Every sentence that says why a URL is not fetched yet (S-8).</summary>
[Trait("Seeds", "S-8")]
public sealed class WhyRuleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DomainName Domain = DomainName.Of("a.test", 80);
    private static readonly JobLimits Limits = new(50, 3, ["/blog/*"], ["/tag/*", "/author/*"]);

    private static readonly MetUrl Open = new(
        new UnitKey(new JobId(1), new PageId(2)), UnitKind.Page, JobState.Running, null, null, UnitLot.Open, null, Now.AddSeconds(-1), 0, false, null, null, null, null);

    private static readonly MetUrl Ended = Open with { Lot = UnitLot.Ended, Tries = 1, Class = StatusClass.Ok, Status = 200, VisitedAt = Now.AddMinutes(-1) };

    private static readonly DomainProtocol.Status Pacing = new(
        Domain, DomainProtocol.Status.WaitingForPace, TimeSpan.FromSeconds(2), 1, 0, 0, 7, Now.AddSeconds(1.5), null, null, null);

    private static readonly DomainProtocol.Standing Ready = new(Pacing, DomainProtocol.UnitPlace.Ready, 0, null, false, false);

    private static string Why(MetUrl met, DomainProtocol.Standing? standing = null) =>
        WhyRule.Of(met, Limits, standing is null ? new Heard.Asleep() : new Heard.Told(standing), Now);

    [Fact]
    public void What_no_job_has_met_is_not_known() => Assert.Equal(
        "http://a.test/x is not known: none of the newest thousand jobs has met a link to it or a sitemap that lists it. Links to other sites are not followed.",
        WhyRule.NotKnown(PageUrl.FromStored("http://a.test/x")));

    [Theory]
    [InlineData(ExclusionReason.Robots, "robots.txt does not allow it.")]
    [InlineData(ExclusionReason.RobotsUnreachable, "robots.txt could not be read, which forbids all of its origin (RFC 9309 section 2.3.1.4).")]
    [InlineData(ExclusionReason.Depth, "it is further from the start than the 3 links that --max-depth allows.")]
    [InlineData(ExclusionReason.PageLimit, "the job has all the 50 pages that --max-pages allows.")]
    [InlineData(ExclusionReason.Include, "none of --include /blog/* matches it.")]
    [InlineData(ExclusionReason.Exclude, "one of --exclude /tag/*, /author/* matches it.")]
    [InlineData(ExclusionReason.TooManyRedirects, "more than ten redirects led to it.")]
    [InlineData(ExclusionReason.TrapRepeatedSegments, "segments of its path repeat, as those of a relative link that nests (Traps settings).")]
    [InlineData(ExclusionReason.TrapDeepPath, "its path has too many segments (Traps settings).")]
    [InlineData(ExclusionReason.TrapSession, "only its session id differs from a URL that was taken.")]
    [InlineData(ExclusionReason.TrapQueryOrder, "only the order of its parameters differs from a URL that was taken.")]
    [InlineData(ExclusionReason.TrapQueries, "its path has had too many different queries (Traps settings).")]
    [InlineData(ExclusionReason.TrapQueryFilters, "its path has had too many queries of many parameters, as filters that combine make them (Traps settings).")]
    [InlineData(ExclusionReason.TrapCalendar, "there were too many dates under its path, as a calendar makes them (Traps settings).")]
    [InlineData(ExclusionReason.TrapPrefix, "there were too many URLs under the first segment of its path (Traps settings).")]
    [InlineData((ExclusionReason)60, "a rule that this version does not know.")]
    public void What_a_rule_kept_out_names_the_rule(ExclusionReason why, string told) =>
        Assert.Equal("it is kept out: " + told, Why(Open with { Lot = UnitLot.KeptOut, Why = why }));

    [Fact]
    public void Every_rule_has_its_words() =>
        Assert.All(Enum.GetValues<ExclusionReason>(), why => Assert.DoesNotContain("does not know", KeptOutRule.Of(why, Limits), StringComparison.Ordinal));

    [Fact]
    public void What_has_ended_says_as_what_and_when()
    {
        Assert.Equal("it was asked for at 2026-03-01 11:59:00Z and ended as ok with HTTP 200, after one request.", Why(Ended));
        Assert.Equal("it was asked for at 2026-03-01 11:59:00Z and ended as refused with HTTP 429, after 9 requests.", Why(Ended with { Class = StatusClass.Refused, Status = 429, Tries = 9 }));
        Assert.Equal("it ended as unknown, after 6 requests: a.test did not answer in time.", Why(Ended with { Class = StatusClass.Unknown, Status = -1, Tries = 6, Error = "a.test did not answer in time." }));
        Assert.Equal("it ended as unknown without an answer.", Why(Ended with { Class = StatusClass.Unknown, Status = null, VisitedAt = null }));
        Assert.Equal("it ended as done without an answer.", Why(Ended with { Class = null, Status = null, VisitedAt = null }));
        Assert.Equal("it has ended: what its origin's robots.txt says is known.", Why(Ended with { Kind = UnitKind.Robots }));
        Assert.Equal("it has ended as a sitemap, after one request.", Why(Ended with { Kind = UnitKind.Sitemap }));
        Assert.Equal("it has ended as a sitemap, and was never asked for.", Why(Ended with { Kind = UnitKind.Sitemap, Tries = 0 }));
    }

    [Fact]
    public void What_is_open_in_a_job_that_does_not_run_says_so()
    {
        Assert.Equal("it is open, and its job is parked until 2026-03-02 12:00:00Z (Retry-After).", Why(Open with { Job = JobState.Parked, ResumeAt = Now.AddDays(1), JobReason = "Retry-After" }));
        Assert.Equal("it is open, and its job is parked.", Why(Open with { Job = JobState.Parked }));
        Assert.Equal("it is open, but its job is ending: it will not be asked any more.", Why(Open with { Job = JobState.Finishing }));
        Assert.Equal("it was never asked: its job has ended as blocked (No good answer).", Why(Open with { Job = JobState.Blocked, JobReason = "No good answer." }));
    }

    [Fact]
    public void What_is_not_due_says_when_it_will_be()
    {
        Assert.Equal("it is open and not due before 2026-03-01 12:00:05Z, in 5 s, after 3 requests.", Why(Open with { DueAt = Now.AddSeconds(5), Tries = 3 }));
        Assert.Equal("it is open and not due before 2026-03-01 12:00:05Z, in 5 s.", Why(Open with { DueAt = Now.AddSeconds(5) }));
    }

    [Fact]
    public void What_is_in_hand_says_so_whatever_the_store_has_of_it()
    {
        var deferred = Open with { DueAt = Now.AddSeconds(5) };
        Assert.Equal("it is in hand: its request is under way.", Why(deferred, Ready with { Place = DomainProtocol.UnitPlace.InFlight }));
        Assert.Equal("it is in hand: what came of it is being stored.", Why(deferred, Ready with { Place = DomainProtocol.UnitPlace.Saving }));
    }

    [Fact]
    public void What_is_due_says_what_its_domain_waits_for()
    {
        Assert.Equal(
            "it is due; its domain is blocked until 2026-03-01 12:00:30Z, in 30 s: the site asked for it (Retry-After).",
            Why(Open, Ready with { Status = Pacing with { BlockedUntil = Now.AddSeconds(30), BlockReason = "the site asked for it (Retry-After)" } }));
        Assert.Equal(
            "it is due; its domain rests until 2026-03-01 12:00:02Z: a request may have left just before its owner ended.", Why(Open, Ready with { RestUntil = Now.AddSeconds(2) }));
        Assert.Equal("it is due; its origin's robots.txt is read first.", Why(Open, Ready with { ReadsRobots = true }));
        Assert.Equal(
            "it is due; it is not in its domain's window yet: 7 that were due earlier come first, one request every 2 s.", Why(Open, Ready with { Place = DomainProtocol.UnitPlace.Elsewhere }));
        Assert.Equal(
            "it is due; 4 come before it; its job has all in flight or in hand that it may have, or the writer has no room.",
            Why(Open, Ready with { Before = 4, WaitsForPermit = true }));
        Assert.Equal(
            "it is due; it is the next; 1 request is in flight, as many as its domain may have.", Why(Open, Ready with { Status = Pacing with { InFlight = 1 } }));
        Assert.Equal(
            "it is due; 3 come before it; its domain's pace is one request every 2 s, the next at 2026-03-01 12:00:01Z, so its turn comes at 2026-03-01 12:00:07Z at the earliest unless the pace quickens.",
            Why(Open, Ready with { Before = 3 }));
        Assert.Equal(
            "it is due; it is the next; its domain's pace is one request every 120 s, as its robots.txt asks (Crawl-delay), the next at 2026-03-01 12:00:01Z.",
            Why(Open, Ready with { Status = Pacing with { Delay = TimeSpan.FromSeconds(120), CrawlDelay = TimeSpan.FromSeconds(120) } }));
        Assert.Equal("it is due; it is the next, and its domain is about to ask.", Why(Open, Ready with { Status = Pacing with { NextStartAt = null } }));
        Assert.Equal("it was visited, and is due for a second visit; its domain is asleep, and is woken within a second or two.", Why(Open with { IsWarm = true }));
    }

    [Fact, Trait("Seeds", "P-20+")]
    public void A_domain_that_sleeps_through_a_block_is_not_said_to_wake()
    {
        var blocked = DomainMemory.Blank(Domain) with { BlockedUntil = Now.AddHours(1), BlockReason = "it answered 429" };
        Assert.Equal("it is due; its domain is blocked until 2026-03-01 13:00:00Z, in 3600 s: it answered 429.", WhyRule.Of(Open, Limits, new Heard.Asleep(blocked), Now));
        Assert.Equal("it is due; its domain is asleep, and is woken within a second or two.", WhyRule.Of(Open, Limits, new Heard.Asleep(blocked), Now.AddHours(2)));
        Assert.Equal(
            "it is due; no node runs on this store, so nobody asks for it: `amble serve`, or the same `amble crawl` again, goes on, but its domain is blocked until 2026-03-01 13:00:00Z, in 3600 s: it answered 429.",
            WhyRule.Of(Open, Limits, new Heard.NoNode(blocked), Now));
    }

    [Fact]
    public void Who_cannot_be_asked_is_told()
    {
        Assert.Equal(
            "it is due; no node runs on this store, so nobody asks for it: `amble serve`, or the same `amble crawl` again, goes on.",
            WhyRule.Of(Open, Limits, new Heard.NoNode(), Now));
        Assert.Equal(
            "it is due; whoever owns its domain did not answer within 5 s, so what it waits for is not known.", WhyRule.Of(Open, Limits, new Heard.Nothing(), Now));
    }
}
