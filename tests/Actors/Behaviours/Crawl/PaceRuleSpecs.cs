using Amble.Behaviours.Crawl;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.Answers;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class PaceRuleSpecs
{
    private static readonly PaceSettings S = PaceSettings.Default;

    [Fact, Trait("Seeds", "P-1")]
    public void A_domain_never_crawled_starts_with_one_request_every_two_seconds()
    {
        var pace = NeverCrawled().Pace;
        Assert.Equal(Ms(2000), pace.Delay);
        Assert.Equal(1, pace.Slots);
    }

    [Theory, Trait("Seeds", "P-2")]
    [InlineData(50, null, 500, 500)]
    [InlineData(800, null, 500, 800)]
    [InlineData(50, 700.0, 500, 700)]
    [InlineData(900, 700.0, 500, 900)]
    [InlineData(200, null, 0, 200)]
    public void A_crawled_domain_starts_from_the_longest_of_learned_held_and_floor(double learned, double? held, double floor, double expected)
    {
        var settings = S with { Floor = Ms(floor) };
        var memory = Blank with { Delay = Ms(learned), Held = held is { } h ? Ms(h) : null };
        Assert.Equal(Ms(expected), From(memory, settings).Pace.Delay);
    }

    [Fact, Trait("Seeds", "P-2")]
    public void A_warm_up_of_zero_means_the_floor() => Assert.Equal(Ms(500), NeverCrawled(S with { WarmUp = TimeSpan.Zero }).Pace.Delay);

    [Fact, Trait("Seeds", "P-2")]
    public void A_job_that_begins_on_a_live_domain_starts_from_the_floor_too()
    {
        var live = Climbing(100).Good(3).Error().Pace;
        var begun = PaceRule.AtJobStart(live, S);
        Assert.Equal(Ms(500), begun.Delay);
        Assert.Equal(3, begun.Slots);
        Assert.Null(begun.BarrenSince);
    }

    [Fact, Trait("Seeds", "P-11+")]
    public void Started_again_five_good_answers_lead_back_to_held_in_one_step()
    {
        var known = From(Blank with { Delay = Ms(210), Held = Ms(210), Refused = Ms(200) });
        Assert.Equal(500, known.Good(4).DelayMs);
        Assert.Equal(210, known.Good().DelayMs);
    }

    [Theory, Trait("Seeds", "P-3")]
    [InlineData(2000, 1)]
    [InlineData(1500, 1)]
    [InlineData(1000, 2)]
    [InlineData(500, 3)]
    [InlineData(250, 6)]
    [InlineData(100, 15)]
    [InlineData(60_000, 1)]
    [InlineData(50, 30)]
    public void Slots_are_the_estimate_over_the_delay(double delay, int slots) => Assert.Equal(slots, PaceRule.Slots(Ms(delay), S));

    [Fact, Trait("Seeds", "P-4")]
    public void A_429_lengthens_the_delay_by_one_step_and_resets_the_streak()
    {
        var at = NeverCrawled().Good(4).Refused();
        Assert.Equal(2500, at.DelayMs);
        Assert.Equal(0, at.Pace.Streak);
    }

    [Fact, Trait("Seeds", "P-4")]
    public void The_delay_never_grows_beyond_the_cap()
    {
        var at = NeverCrawled();
        for (var i = 0; i < 300; i++) at.Good().Refused();
        Assert.Equal(60_000, at.DelayMs);
    }

    [Fact, Trait("Seeds", "P-5")]
    public void Five_good_answers_in_a_row_shorten_by_one_step_to_the_floor()
    {
        var at = NeverCrawled();
        var seen = new List<double>();
        for (var i = 0; i < 15; i++) seen.Add(at.Good().DelayMs);
        Assert.Equal([2000, 2000, 2000, 2000, 1500, 1500, 1500, 1500, 1500, 1000, 1000, 1000, 1000, 1000, 500], seen);
        Assert.Equal(500, From(Blank with { Delay = Ms(700) }).Good(5).DelayMs);
    }

    [Fact, Trait("Seeds", "P-9+")]
    public void From_the_floor_every_five_good_answers_add_exactly_one_slot_down_to_50_ms()
    {
        var at = Climbing(500);
        for (var slots = 3; slots < 30; slots++)
        {
            Assert.Equal(slots, at.Pace.Slots);
            at.Good(5);
            Assert.Equal(1500.0 / (slots + 1), at.DelayMs, 0.001);
        }
        Assert.Equal(50, at.DelayMs);
        Assert.Equal(30, at.Good(50).Pace.Slots);
    }

    [Fact, Trait("Seeds", "P-9+")]
    public void The_climb_stops_while_a_refused_delay_is_known()
    {
        var at = From(Blank with { Delay = Ms(500), Held = Ms(500), Refused = Ms(400) });
        Assert.Equal(500, at.Good(20).DelayMs);
    }

    [Fact, Trait("Seeds", "P-10+")]
    public void A_stale_refusal_neither_raises_nor_rests()
    {
        var at = NeverCrawled().Refused();
        at.Stale(AnswerKind.Throttled).Stale(AnswerKind.Throttled);
        Assert.Equal(2500, at.DelayMs);
        Assert.Null(at.Pace.BlockedUntil);
    }

    [Fact, Trait("Seeds", "P-10+")]
    public void Without_a_good_answer_since_the_raise_refusals_rest_8_s_doubling_to_60_and_never_raise()
    {
        var at = NeverCrawled().Refused();
        var rests = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            at.Refused(gapMs: 100_000);
            rests.Add((at.Pace.BlockedUntil!.Value - at.Now).TotalSeconds);
        }
        Assert.Equal([8, 16, 32, 60, 60], rests);
        Assert.Equal(2500, at.DelayMs);
    }

    [Fact, Trait("Seeds", "P-10+")]
    public void Requests_that_left_together_are_refused_once()
    {
        var at = NeverCrawled().Refused().Refused(gapMs: 1000);
        var rested = at.Pace.BlockedUntil;
        var together = PaceRule.After(at.Pace, new Answer(AnswerKind.Throttled, at.Now - Ms(1)), at.Now + Ms(5), S);
        Assert.Equal(rested, together.BlockedUntil);
        Assert.Equal(Seconds(8), together.BlockStep);
    }

    [Fact, Trait("Seeds", "P-10+")]
    public void The_first_good_answer_ends_the_doubling_and_a_refusal_raises_again()
    {
        var at = NeverCrawled().Refused().Refused(gapMs: 1000).Refused(gapMs: 20_000).Good(1, 40_000);
        Assert.Null(at.Pace.BlockStep);
        Assert.Equal(3000, at.Refused(gapMs: 3000).DelayMs);
        Assert.Equal(Seconds(8), at.Refused(gapMs: 3000).Pace.BlockStep);
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void Retry_After_blocks_the_whole_domain_exactly_that_long()
    {
        var at = NeverCrawled().Refused(Seconds(17));
        Assert.Equal(at.Now + Seconds(17), at.Pace.BlockedUntil);
        Assert.Equal(2500, at.DelayMs);
        at.Refused(Seconds(30), gapMs: 20_000);
        Assert.Equal(at.Now + Seconds(30), at.Pace.BlockedUntil);
        Assert.Null(at.Pace.BlockStep);
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void A_Retry_After_of_a_stale_refusal_counts_and_never_ends_a_longer_block()
    {
        var at = NeverCrawled().Refused(Seconds(30));
        var until = at.Pace.BlockedUntil;
        Assert.Equal(until, at.Stale(AnswerKind.Throttled, Seconds(2)).Pace.BlockedUntil);
        Assert.True(at.Stale(AnswerKind.Throttled, Seconds(90)).Pace.BlockedUntil > until);
        Assert.Equal(DateTimeOffset.MaxValue, at.Stale(AnswerKind.Throttled, TimeSpan.MaxValue).Pace.BlockedUntil);
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void A_Retry_After_of_zero_is_none_so_that_a_site_that_always_says_it_is_not_hammered() =>
        Assert.Equal(Seconds(8), NeverCrawled().Refused(TimeSpan.Zero).Refused(TimeSpan.Zero, gapMs: 3000).Pace.BlockStep);

    [Fact, Trait("Seeds", "P-15+")]
    public void Errors_reset_the_streak_and_never_shorten()
    {
        var at = NeverCrawled().Good(4).Error().Good(4);
        Assert.Equal(2000, at.DelayMs);
        Assert.Equal(1500, at.Good().DelayMs);
    }

    [Fact, Trait("Seeds", "P-15+")]
    public void A_neutral_answer_changes_neither_delay_nor_streak()
    {
        var at = NeverCrawled().Good(4).Neutral(3);
        Assert.Equal(4, at.Pace.Streak);
        Assert.Equal(1500, at.Good().DelayMs);
    }

    [Fact, Trait("Seeds", "P-15+")]
    public void Five_minutes_of_mostly_errors_pause_the_domain_five_minutes()
    {
        var at = NeverCrawled().Error(1, 1).Error(9, 30_000);
        Assert.Null(at.Pace.BlockedUntil);
        at.Error(1, 30_001);
        Assert.Equal(at.Now + TimeSpan.FromMinutes(5), at.Pace.BlockedUntil);
        Assert.Equal("most requests of the last minutes failed", at.Pace.BlockReason);
    }

    [Fact, Trait("Seeds", "P-15+")]
    public void Two_fifths_of_errors_or_less_than_ten_requests_do_not_pause()
    {
        var ailing = NeverCrawled();
        for (var i = 0; i < 30; i++) ailing.Good(3, 5_000).Error(2, 5_000);
        Assert.Null(ailing.Pace.BlockedUntil);
        Assert.Null(NeverCrawled().Error(20, 40_000).Pace.BlockedUntil);
    }

    [Theory, Trait("Seeds", "P-18+")]
    [InlineData(0, 2000)]
    [InlineData(0.5, 2100)]
    [InlineData(1, 2200)]
    public void Jitter_only_lengthens_the_spacing_by_up_to_ten_percent(double roll, double expected) =>
        Assert.Equal(Ms(expected), PaceRule.Spacing(NeverCrawled().Pace, null, roll, TimeSpan.Zero, S));

    [Theory, Trait("Seeds", "P-18+")]
    [InlineData(0, 102)]
    [InlineData(0.5, 104)]
    [InlineData(1, 106)]
    public void A_short_gap_is_lengthened_by_two_to_six_percent(double roll, double expected) =>
        Assert.Equal(Ms(expected), PaceRule.Spacing(NeverCrawled().Pace with { Delay = Ms(100) }, null, roll, TimeSpan.Zero, S));

    [Theory, Trait("Seeds", "P-18+")]
    [InlineData(0, 106)]
    [InlineData(1, 105)]
    [InlineData(3, 103)]
    [InlineData(4, 102)]
    [InlineData(60_000, 102)]
    public void What_a_start_was_late_is_not_added_by_chance_once_more_after_it(double late, double expected) =>
        Assert.Equal(Ms(expected), PaceRule.Spacing(NeverCrawled().Pace with { Delay = Ms(100) }, null, 1, Ms(late), S));

    [Fact, Trait("Seeds", "P-18+")]
    public void A_longer_Crawl_delay_wins_and_a_shorter_one_does_not()
    {
        var pace = NeverCrawled().Pace;
        Assert.Equal(Ms(5500), PaceRule.Spacing(pace, Seconds(5), 1, TimeSpan.Zero, S));
        Assert.Equal(Ms(2000), PaceRule.Spacing(pace, Seconds(1), 0, TimeSpan.Zero, S));
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void Raises_and_blocks_must_be_durable_first_and_shorter_delays_need_not()
    {
        var at = NeverCrawled().Good(4);
        var before = at.Pace;
        Assert.False(PaceRule.MustPersist(before, at.Good().Pace));
        before = at.Pace;
        Assert.True(PaceRule.MustPersist(before, at.Refused().Pace));
        before = at.Pace;
        Assert.True(PaceRule.MustPersist(before, at.Refused().Pace));
        before = at.Pace;
        Assert.False(PaceRule.MustPersist(before, at.Good(5, 20_000).Pace));
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void What_is_remembered_comes_back()
    {
        var left = NeverCrawled().Good(15).Refused().Refused(gapMs: 1000).Pace;
        var memory = left.Remember(Blank with { LastStartAt = Epoch, Awake = true });
        var back = Pace.Recover(memory, S, Epoch + TimeSpan.FromHours(1));
        Assert.Equal((Epoch, true), (memory.LastStartAt!.Value, memory.Awake));
        Assert.Equal(
            (left.Delay, left.Held, left.Refused, left.ProbeWait, left.BlockedUntil, left.BlockReason, left.BlockStep, left.LastGoodAt, left.BarrenSince, left.GoodSinceRaise),
            (back.Delay, back.Held, back.Refused, back.ProbeWait, back.BlockedUntil, back.BlockReason, back.BlockStep, back.LastGoodAt, back.BarrenSince, back.GoodSinceRaise));
    }
}
