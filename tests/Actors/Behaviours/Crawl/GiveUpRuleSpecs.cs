using Amble.Behaviours.Crawl;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.Answers;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class GiveUpRuleSpecs
{
    private static readonly PaceSettings Crawl = PaceSettings.Default;
    private static readonly PaceSettings Serve = PaceSettings.Default with { GiveUpAfter = TimeSpan.FromHours(24) };

    [Fact, Trait("Seeds", "P-13+")]
    public void Thirty_minutes_without_a_good_answer_end_the_job_of_crawl_and_24_hours_that_of_serve()
    {
        var at = NeverCrawled().Good().Error().Refused();
        var since = at.Pace.BarrenSince!.Value;
        foreach (var settings in new[] { Crawl, Serve })
        {
            Assert.Equal(since + settings.GiveUpAfter, GiveUpRule.AskAgainAt(at.Pace, settings));
            Assert.Null(GiveUpRule.Judge(at.Pace, settings, since + settings.GiveUpAfter - Ms(1)));
            var verdict = Assert.IsType<GiveUpVerdict.GiveUp>(GiveUpRule.Judge(at.Pace, settings, since + settings.GiveUpAfter));
            Assert.Equal("No good answer since 2026-01-01 00:00:00 UTC.", verdict.Reason);
        }
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void A_good_answer_ends_the_barren_time_and_so_does_having_nothing_to_ask()
    {
        var at = NeverCrawled().Error();
        Assert.Null(GiveUpRule.AskAgainAt(PaceRule.AtRest(at.Pace), Crawl));
        Assert.Null(GiveUpRule.AskAgainAt(at.Good().Pace, Crawl));
    }

    [Fact, Trait("Seeds", "P-13+"), Trait("Seeds", "P-16+")]
    public void A_crash_does_not_begin_the_barren_time_anew_but_whoever_is_taken_up_asks_before_it_gives_up()
    {
        var at = NeverCrawled().Error();
        var later = Epoch + TimeSpan.FromHours(1);
        var back = Amble.Behaviours.Crawl.Pace.Recover(at.Pace.Remember(Blank), Crawl, later);
        Assert.Null(GiveUpRule.Judge(back, Crawl, later));
        var again = PaceRule.After(back, new Answer(AnswerKind.Error, later, null), later, Crawl);
        Assert.IsType<GiveUpVerdict.GiveUp>(GiveUpRule.Judge(again, Crawl, later));
    }

    [Fact, Trait("Seeds", "P-12+"), Trait("Seeds", "P-13+")]
    public void A_Retry_After_that_reaches_beyond_thirty_minutes_is_waited_for_and_the_site_asked_once_more()
    {
        var at = NeverCrawled().Refused(TimeSpan.FromMinutes(33));
        var end = at.Now + TimeSpan.FromMinutes(33);
        Assert.Null(GiveUpRule.Judge(at.Pace, Crawl, end - Ms(1)));
        Assert.Null(GiveUpRule.Judge(at.Pace, Crawl, end));
        var again = PaceRule.After(at.Pace, new Answer(AnswerKind.Throttled, end, TimeSpan.FromMinutes(33)), end, Crawl);
        Assert.IsType<GiveUpVerdict.GiveUp>(GiveUpRule.Judge(again, Crawl, end));
    }

    [Fact, Trait("Seeds", "P-12+"), Trait("Seeds", "P-16+")]
    public void A_crash_in_such_a_rest_does_not_end_the_job_before_the_site_was_asked()
    {
        var at = NeverCrawled().Refused(TimeSpan.FromMinutes(33));
        var back = Amble.Behaviours.Crawl.Pace.Recover(at.Pace.Remember(Blank), Crawl, at.Now + TimeSpan.FromMinutes(32));
        Assert.Null(GiveUpRule.Judge(back, Crawl, at.Now + TimeSpan.FromMinutes(34)));
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void Short_rests_that_the_site_asks_for_do_not_make_the_time_longer()
    {
        var at = NeverCrawled().Refused(TimeSpan.FromMinutes(1));
        var since = at.Pace.BarrenSince!.Value;
        for (var minute = 1; minute <= 30; minute++) at.Refused(TimeSpan.FromMinutes(1), gapMs: 60_000);
        Assert.IsType<GiveUpVerdict.GiveUp>(GiveUpRule.Judge(at.Pace, Crawl, since + Crawl.GiveUpAfter));
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void A_Retry_After_beyond_a_day_parks_the_job_until_then()
    {
        var at = NeverCrawled().Refused(TimeSpan.FromDays(2));
        var park = Assert.IsType<GiveUpVerdict.Park>(GiveUpRule.Judge(at.Pace, Crawl, at.Now));
        Assert.Equal(at.Now + TimeSpan.FromDays(2), park.Until);
        Assert.Equal("The site asked us to stay away (Retry-After)", park.Reason);
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void A_Retry_After_of_a_day_does_not_and_one_without_end_does()
    {
        var day = NeverCrawled().Refused(TimeSpan.FromDays(1));
        Assert.Null(GiveUpRule.Judge(day.Pace, Crawl, day.Now));
        var endless = NeverCrawled().Refused(TimeSpan.MaxValue);
        Assert.IsType<GiveUpVerdict.Park>(GiveUpRule.Judge(endless.Pace, Crawl, endless.Now));
    }
}
