using Amble.Behaviours.Crawl;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.Answers;

namespace Amble.Actors.Specs.Behaviours.Crawl;

[Trait("Seeds", "P-11+")]
public sealed class SettleRuleSpecs
{
    private static Answers Standing(double held, double refused, double wait = 60) =>
        From(Blank with { Delay = Ms(held), Held = Ms(held), Refused = Ms(refused), ProbeWait = Seconds(wait) }, PaceSettings.Default with { Floor = TimeSpan.Zero });

    [Fact]
    public void Five_good_answers_after_a_raise_lead_back_to_a_held_delay_longer_than_the_refused_one()
    {
        var probing = Standing(1000, 800).GoodUntilChange().Refused();
        Assert.True(probing.DelayMs > 1000);
        Assert.Equal(1000, probing.Good(5).DelayMs);
    }

    [Fact]
    public void Without_such_a_held_delay_they_lead_to_1_05_times_the_refused_one_when_the_site_answered_that_fast()
    {
        var at = Climbing(200).Good(100, 40).Refused(gapMs: 40);
        Assert.Equal(at.Pace.Refused!.Value.TotalMilliseconds * 1.05, at.Good(5).DelayMs, 0.01);
    }

    [Fact]
    public void Or_to_what_the_answered_rate_allows_when_that_is_longer()
    {
        // Nine good answers in the nine seconds before the refusal: 9 / (9 + 1) a second.
        var at = From(Blank with { Delay = Ms(1000), Held = Ms(1000), Refused = Ms(10) }).Good(9, 1000).Refused(gapMs: 1000);
        Assert.Equal(1500, at.DelayMs);
        Assert.Equal(1000 / (1.05 * 0.9), at.Good(5).DelayMs, 0.01);
    }

    [Fact]
    public void A_delay_that_stood_and_is_refused_after_all_grows_by_five_percent_however_little_was_answered_since_the_refusal_before()
    {
        var at = Standing(100, 80).GoodUntilChange().Refused().Good(5, 600).Refused(gapMs: 1);
        Assert.Equal((Ms(100), Ms(105)), (at.Pace.Refused!.Value, at.Pace.Held!.Value));
        Assert.Equal(105, at.Good(5, 600).DelayMs);
    }

    [Fact]
    public void So_does_what_that_led_to_and_only_beyond_it_the_answered_rate_counts_again()
    {
        var at = Standing(100, 80).GoodUntilChange().Refused().Good(5, 600).Refused(gapMs: 1).Good(5, 600).Refused(gapMs: 1).Good(5, 600);
        Assert.Equal(105 * 1.05, at.DelayMs, 0.01);
        // Five in three seconds.
        Assert.Equal(1000 / (1.05 * 5 / 3), at.Refused(gapMs: 1).Pace.Held!.Value.TotalMilliseconds, 0.5);
    }

    [Fact]
    public void Never_beyond_the_raised_delay()
    {
        var at = NeverCrawled().Refused();
        Assert.Equal(at.Pace.Delay, at.Pace.Held);
        Assert.Equal(2500, at.Good(5).DelayMs);
    }

    [Fact]
    public void A_delay_that_stood_60_s_is_probed_at_the_geometric_mean_of_held_and_refused()
    {
        var at = Standing(1000, 640).Good(59, 1000);
        Assert.Equal(1000, at.DelayMs);
        Assert.Equal(800, at.Good(1, 1000).DelayMs, 0.001);
        Assert.True(at.Pace.Probing);
    }

    [Fact]
    public void Once_they_are_within_five_percent_the_probe_is_the_refused_one_over_1_05() =>
        Assert.Equal(1000 / 1.05, Standing(1049, 1000).GoodUntilChange().DelayMs, 0.001);

    [Fact]
    public void A_refused_probe_doubles_the_wait_up_to_960_s()
    {
        var at = Standing(1000, 640);
        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            at.GoodUntilChange().Refused().Good(5, 1000);
            Assert.Equal(1000, at.DelayMs);
            waits.Add(at.Pace.ProbeWait.TotalSeconds);
        }
        Assert.Equal([120, 240, 480, 960, 960, 960], waits);
    }

    [Fact]
    public void A_probe_that_holds_is_held_forgets_the_refused_delay_resets_the_wait_and_the_climb_goes_on()
    {
        var at = Standing(1000, 640, wait: 240).GoodUntilChange();
        Assert.Equal(800, at.DelayMs, 0.001);
        at.GoodUntilChange();
        Assert.Equal((Ms(800), null, Seconds(60)), (at.Pace.Held, at.Pace.Refused, at.Pace.ProbeWait));
        Assert.Equal(500, at.DelayMs);
    }

    [Fact]
    public void A_probe_must_stand_the_same_wait_because_a_large_bucket_hides_a_small_excess()
    {
        var at = Standing(1000, 640, wait: 240).GoodUntilChange();
        Assert.True(at.Good(290, 800).Pace.Probing);
        Assert.False(at.Good(10, 800).Pace.Probing);
    }

    [Fact]
    public void A_refused_climb_raises_to_the_held_delay_at_once_and_waits_15_s_there()
    {
        var at = From(Blank with { Delay = Ms(2000), Held = Ms(2000) }).Good(15);
        Assert.Equal(500, at.DelayMs);
        at.Refused();
        Assert.Equal((Ms(2000), Ms(2000), Ms(500), Seconds(15)), (at.Pace.Delay, at.Pace.Held!.Value, at.Pace.Refused!.Value, at.Pace.ProbeWait));
    }

    [Fact]
    public void Errors_while_a_delay_stands_only_put_the_probe_off()
    {
        var at = Standing(1000, 640).Good(57, 1000).Error(1, 1000).Good(4, 1000);
        Assert.Equal(1000, at.DelayMs);
        Assert.Equal(800, at.Good(1, 1000).DelayMs, 0.001);
    }
}
