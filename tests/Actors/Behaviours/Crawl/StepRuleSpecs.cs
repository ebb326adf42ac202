using Amble.Behaviours.Crawl;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

[Trait("Seeds", "P-8")]
public sealed class StepRuleSpecs
{
    private static readonly PaceSettings Old = PaceSettings.Default with { Settles = false, Floor = TimeSpan.Zero, WarmUp = TimeSpan.Zero };

    [Fact]
    public void Every_refusal_adds_a_step_up_to_the_cap_and_five_good_answers_take_one_off_until_no_delay_is_left()
    {
        var site = Answers.NeverCrawled(Old);
        Assert.Equal(0, site.DelayMs);
        Assert.Equal(1500, site.Refused().Refused().Refused().DelayMs);
        Assert.Equal(1500, site.Good(4).DelayMs);
        Assert.Equal(1000, site.Good().DelayMs);
        Assert.Equal(0, site.Good(10).DelayMs);
        Assert.Equal(0, site.Good(50).DelayMs);
        for (var i = 0; i < 200; i++) site.Refused();
        Assert.Equal(Old.Cap.TotalMilliseconds, site.DelayMs);
    }

    [Fact]
    public void Without_a_delay_nothing_but_the_concurrency_bounds_what_is_in_flight() =>
        Assert.Equal((int.MaxValue, 3), (Answers.NeverCrawled(Old).Pace.Slots, Answers.NeverCrawled(Old).Refused().Pace.Slots));

    [Fact]
    public void Nothing_is_learned_from_where_the_site_refused_and_no_rest_follows()
    {
        var pace = Answers.NeverCrawled(Old).Good(20).Refused().Refused().Pace;
        Assert.Equal((null, null, null), (pace.Held, pace.Refused, pace.BlockedUntil));
    }

    [Fact]
    public void What_a_site_asks_for_is_kept_all_the_same()
    {
        var site = Answers.NeverCrawled(Old).Refused(TimeSpan.FromSeconds(90));
        Assert.Equal(site.Now + TimeSpan.FromSeconds(90), site.Pace.BlockedUntil);
    }
}
