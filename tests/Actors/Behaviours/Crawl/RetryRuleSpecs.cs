using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class RetryRuleSpecs
{
    private static readonly RetrySettings S = RetrySettings.Default;
    private static readonly DateTimeOffset Now = Answers.Epoch;
    private static readonly PageUrl Url = PageUrl.FromStored("https://site.example/a");
    private static readonly PageUrl Other = PageUrl.FromStored("https://site.example/b");
    private static readonly LastGood OtherWasGood = new(Now, Other);

    private static Unit Fresh => new(new UnitKey(new JobId(1), new PageId(1)), UnitKind.Page, Url, 0, 0, 0, 0, Now, null);

    internal static FetchOutcome.Answered Status(int status, PageUrl? redirectTo = null, string? challenge = null) =>
        new(Now, TimeSpan.Zero, default, status, 0, null, redirectTo, [], null, challenge, "", null, null);

    internal static FetchOutcome.Failed Failure(FetchFailure failure) => new(Now, TimeSpan.Zero, default, failure, $"It failed: {failure}.");

    [Theory, Trait("Seeds", "P-6")]
    [InlineData(429)]
    [InlineData(503)]
    public void A_throttled_URL_is_asked_again_eight_times_after_100_ms_doubling_to_12_8_s(int status)
    {
        var (waits, end) = Exhaust(Status(status), at => new LastGood(at, Other));
        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8], waits);
        Assert.Equal(StatusClass.Refused, end.Class);
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void A_host_that_refuses_everyone_is_not_charged_to_the_URL()
    {
        var unit = Fresh;
        for (var i = 0; i < 100; i++)
            unit = Assert.IsType<Verdict.Again>(RetryRule.Judge(unit, Status(429), null, Now.AddHours(i), S)).Unit;
        Assert.Equal(0, unit.Throttles);
        Assert.Equal(Now.AddHours(99).AddMilliseconds(100), unit.DueAt);
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void Only_a_good_answer_to_another_URL_since_its_last_refusal_charges_it()
    {
        var refusedBefore = Fresh with { LastRefusedAt = Now, Throttles = 8 };
        Assert.IsType<Verdict.Again>(RetryRule.Judge(refusedBefore, Status(429), new LastGood(Now.AddSeconds(-1), Other), Now.AddSeconds(5), S));
        Assert.IsType<Verdict.Again>(RetryRule.Judge(refusedBefore, Status(429), new LastGood(Now.AddSeconds(1), Url), Now.AddSeconds(5), S));
        Assert.IsType<Verdict.Done>(RetryRule.Judge(refusedBefore, Status(429), new LastGood(Now.AddSeconds(1), Other), Now.AddSeconds(5), S));
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void An_uncharged_refusal_waits_as_long_as_its_count_says()
    {
        var again = Assert.IsType<Verdict.Again>(RetryRule.Judge(Fresh with { Throttles = 8, LastRefusedAt = Now }, Status(503), null, Now, S));
        Assert.Equal(Now.AddSeconds(12.8), again.Unit.DueAt);
    }

    [Theory, Trait("Seeds", "P-7")]
    [InlineData(FetchFailure.Timeout, StatusClass.Unknown)]
    [InlineData(FetchFailure.ConnectionCut, StatusClass.Unknown)]
    [InlineData(FetchFailure.ConnectionRefused, StatusClass.Broken)]
    public void A_transient_failure_is_asked_again_five_times_after_1_to_5_s(FetchFailure failure, StatusClass end)
    {
        var (waits, done) = Exhaust(Failure(failure), _ => null);
        Assert.Equal([1, 2, 3, 4, 5], waits);
        Assert.Equal(new Verdict.Done(end, $"It failed: {failure}."), done);
    }

    [Fact, Trait("Seeds", "P-7")]
    public void A_500_is_asked_again_five_times_and_then_broken()
    {
        var (waits, done) = Exhaust(Status(500), _ => OtherWasGood);
        Assert.Equal([1, 2, 3, 4, 5], waits);
        Assert.Equal(new Verdict.Done(StatusClass.Broken, "HTTP 500."), done);
    }

    [Theory, Trait("Seeds", "P-7")]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(200)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    public void These_statuses_end_at_once(int status) => Assert.IsType<Verdict.Done>(RetryRule.Judge(Fresh, Status(status), OtherWasGood, Now, S));

    [Theory, Trait("Seeds", "P-7")]
    [InlineData(FetchFailure.Tls)]
    [InlineData(FetchFailure.NoSuchHost)]
    [InlineData(FetchFailure.AddressNotAllowed)]
    [InlineData(FetchFailure.TooLarge)]
    [InlineData(FetchFailure.BadAnswer)]
    public void These_failures_end_at_once(FetchFailure failure) => Assert.IsType<Verdict.Done>(RetryRule.Judge(Fresh, Failure(failure), OtherWasGood, Now, S));

    [Fact, Trait("Seeds", "P-14+")]
    public void A_403_is_refused_after_one_more_try_when_no_other_URL_was_good()
    {
        var (waits, done) = Exhaust(Status(403), _ => null);
        Assert.Equal([0.1], waits);
        Assert.Equal(StatusClass.Refused, done.Class);
    }

    [Fact, Trait("Seeds", "P-14+"), Trait("Seeds", "P-6")]
    public void A_403_is_retried_like_a_429_when_another_URL_was_good()
    {
        var (waits, done) = Exhaust(Status(403), _ => OtherWasGood);
        Assert.Equal(8, waits.Count);
        Assert.Equal(StatusClass.Refused, done.Class);
    }

    [Fact, Trait("Seeds", "P-14+")]
    public void A_challenge_page_is_refused_whatever_its_status()
    {
        var (waits, done) = Exhaust(Status(200, challenge: "Vendor"), _ => null);
        Assert.Single(waits);
        Assert.Equal(new Verdict.Done(StatusClass.Refused, "HTTP 200 with a challenge page (Vendor)."), done);
    }

    [Fact]
    public void All_wrong_settings_are_told_at_once()
    {
        Assert.Empty(RetrySettings.Problems(S));
        var problems = RetrySettings.Problems(S with { ThrottleRetries = -1, ErrorWaitStep = TimeSpan.Zero });
        Assert.Equal(
            ["Retry:ThrottleRetries is -1; allowed is 0 to 30.", "Retry:ErrorWaitStep is 00:00:00; allowed is 00:00:00.0010000 to 01:00:00."],
            problems.Select(p => p.ToString()));
    }

    private static (List<double> Waits, Verdict.Done End) Exhaust(FetchOutcome outcome, Func<DateTimeOffset, LastGood?> lastGood)
    {
        var unit = Fresh;
        var waits = new List<double>();
        for (var now = Now; ; now = unit.DueAt.AddSeconds(1))
        {
            // The other URL answers a moment before this one is refused again.
            var verdict = RetryRule.Judge(unit, outcome, lastGood(now.AddMilliseconds(-1)), now, S);
            if (verdict is Verdict.Done done) return (waits, done);
            unit = ((Verdict.Again)verdict).Unit;
            waits.Add((unit.DueAt - now).TotalSeconds);
        }
    }
}
