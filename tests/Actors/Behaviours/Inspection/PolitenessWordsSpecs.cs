using Amble.Behaviours.Inspection;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Inspection;

/// <summary>Figures in words: what is said to have been kept is never rounded in our favour.</summary>
[Trait("Seeds", "P-20+")]
public sealed class PolitenessWordsSpecs
{
    [Theory]
    [InlineData(0.0007, "0.7 ms")]
    [InlineData(0.00079, "0.7 ms")]
    [InlineData(0.1299, "0.129 s")]
    [InlineData(0.5, "0.50 s")]
    [InlineData(1.99999, "1.999 s")]
    [InlineData(10.19, "10.1 s")]
    [InlineData(179, "2 min")]
    public void A_least_gap_is_rounded_down(double seconds, string told) => Assert.Equal(told, PolitenessWords.AtLeast(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.001, "0.010 s")]
    [InlineData(8.201, "8.21 s")]
    [InlineData(34.02, "34.1 s")]
    [InlineData(121, "3 min")]
    public void A_time_to_quiet_is_rounded_up(double seconds, string told) => Assert.Equal(told, PolitenessWords.Within(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.00001, "under 0.01 %")]
    [InlineData(0.0033, "0.33 %")]
    [InlineData(1, "100 %")]
    public void A_share_that_is_there_is_never_nothing(double share, string told) => Assert.Equal(told, PolitenessWords.Share(share));

    [Theory]
    [InlineData(4.77, "4.77 a second")]
    [InlineData(1429.5, "1,429 a second")]
    [InlineData(0.5, "one every 2.00 s")]
    [InlineData(0, "none")]
    public void A_slow_rate_is_told_by_its_gaps(double rate, string told) => Assert.Equal(told, PolitenessWords.Rate(rate));
}
