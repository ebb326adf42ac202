using Amble.Behaviours.Owning;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Owning;

/// <summary>How long a node may ask without being heard of (S-5).</summary>
[Trait("Seeds", "S-5")]
public sealed class LeaseRuleSpecs
{
    private static readonly DateTimeOffset Sent = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly LeaseSettings Usual = LeaseSettings.Default;
    private static readonly Lease Taken = LeaseRule.Taken(7, Sent, Usual);

    [Fact]
    public void A_lease_is_held_for_four_seconds_less_the_margin_from_before_it_was_asked_for()
    {
        Assert.True(LeaseRule.Holds(Taken, Sent.AddMilliseconds(3_749)));
        Assert.False(LeaseRule.Holds(Taken, Sent.AddMilliseconds(3_750)));
    }

    [Fact]
    public void A_renewal_counts_from_before_it_was_asked_for_however_long_the_answer_took()
    {
        var renewed = LeaseRule.Answered(Taken, renewed: true, Sent.AddSeconds(1), Sent.AddSeconds(3), Usual);
        Assert.True(LeaseRule.Holds(renewed, Sent.AddMilliseconds(4_749)));
        Assert.False(LeaseRule.Holds(renewed, Sent.AddMilliseconds(4_750)));
    }

    [Fact]
    public void A_renewal_that_answers_too_late_finds_the_lease_lost_for_good()
    {
        var late = LeaseRule.Answered(Taken, renewed: true, Sent.AddSeconds(3), Sent.AddMilliseconds(3_750), Usual);
        Assert.True(late.Lost);
        Assert.True(LeaseRule.Answered(late, renewed: true, Sent.AddSeconds(3), Sent.AddSeconds(3), Usual).Lost);
        Assert.False(LeaseRule.Holds(late, Sent));
    }

    [Fact]
    public void A_refused_renewal_loses_the_lease_at_once() =>
        Assert.False(LeaseRule.Holds(LeaseRule.Answered(Taken, renewed: false, Sent.AddSeconds(1), Sent.AddSeconds(1), Usual), Sent.AddSeconds(1)));

    [Fact]
    public void An_answer_that_overtook_another_does_not_shorten_the_lease()
    {
        var later = LeaseRule.Answered(Taken, renewed: true, Sent.AddSeconds(2), Sent.AddSeconds(2), Usual);
        Assert.Equal(later, LeaseRule.Answered(later, renewed: true, Sent.AddSeconds(1), Sent.AddSeconds(3), Usual));
    }

    [Fact]
    public void A_lease_that_was_seen_to_run_out_is_lost()
    {
        Assert.False(LeaseRule.Looked(Taken, Sent.AddSeconds(1)).Lost);
        Assert.True(LeaseRule.Looked(Taken, Sent.AddSeconds(4)).Lost);
    }

    [Fact]
    public void Settings_that_leave_no_time_to_renew_are_told_all_at_once()
    {
        Assert.Empty(LeaseSettings.Problems(Usual));
        var wrong = Usual with { RenewEvery = TimeSpan.FromSeconds(3), Margin = TimeSpan.FromSeconds(2) };
        Assert.Equal(["Lease:RenewEvery", "Lease:Margin"], LeaseSettings.Problems(wrong).Select(p => p.Path));
    }
}
