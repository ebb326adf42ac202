using Amble.Behaviours.Retention;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Retention;

[Trait("Seeds", "R-2")]
public sealed class SliceRuleSpecs
{
    private static readonly RetentionSettings _usual = RetentionSettings.Default;

    [Theory]
    [InlineData(500, 20, 500)]
    [InlineData(500, 16, 625)]
    [InlineData(500, 1, 625)]
    [InlineData(500, 25, 400)]
    [InlineData(500, 900, 250)]
    [InlineData(25, 900, SliceRule.LeastRows)]
    [InlineData(45_000, 1, SliceRule.MostRows)]
    [InlineData(500, 0, 625)]
    public void The_next_slice_has_what_fits_20_ms_and_is_at_most_a_quarter_larger_or_half_as_large(int rows, int took, int next) =>
        Assert.Equal(next, SliceRule.Rows(rows, TimeSpan.FromMilliseconds(took), _usual));

    [Theory]
    [InlineData(false, 0, false, 5)]
    [InlineData(false, 24, true, 5)]
    [InlineData(true, 0, false, 380)]
    [InlineData(true, 6, false, 94.285714)]
    [InlineData(true, 12, false, 46.666667)]
    [InlineData(true, 100, false, 46.666667)]
    [InlineData(true, 0, true, 46.666667)]
    public void Beside_others_it_has_5_percent_of_the_writer_and_up_to_30_as_it_falls_behind_or_the_disk_is_full(bool hadCompetition, int lagHours, bool isTooFull, double pause) =>
        Assert.Equal(pause, SliceRule.Pause(TimeSpan.FromMilliseconds(20), hadCompetition, TimeSpan.FromHours(lagHours), isTooFull, _usual).TotalMilliseconds, 3);

    [Fact]
    public void Between_two_slices_there_is_always_a_pause() =>
        Assert.Equal(_usual.Pause, SliceRule.Pause(TimeSpan.Zero, true, TimeSpan.FromHours(100), true, _usual));
}
