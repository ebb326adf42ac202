using Amble.Behaviours.Cards;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Cards;

[Trait("Seeds", "D-4")]
public sealed class CardLabelsSpecs
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(7, "7")]
    [InlineData(10, "10+")]
    [InlineData(19, "10+")]
    [InlineData(99, "90+")]
    [InlineData(999, "900+")]
    [InlineData(1_000, "1k")]
    [InlineData(12_345, "12k")]
    [InlineData(999_500, "999k")]
    [InlineData(999_999, "999k")]
    [InlineData(1_000_000, "1.0M")]
    [InlineData(1_299_999, "1.2M")]
    [InlineData(999_999_999, "999.9M")]
    [InlineData(1_000_000_000, "1.0B")]
    public void Views_are_printed_coarsely(long views, string label) => Assert.Equal(label, CardLabels.Views(views));

    [Fact]
    public void No_label_of_views_promises_more_than_there_is_and_none_goes_back() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).Select(n => (long)n).ToArbitrary(), views =>
        {
            var (label, next) = (CardLabels.Views(views), CardLabels.Views(views + 1));
            return Least(label) <= views && Least(next) >= Least(label) && label.Length <= 6 && !label.StartsWith("1000", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Views_below_zero_are_a_fault_of_ours() => Assert.Throws<ArgumentOutOfRangeException>(() => CardLabels.Views(-1));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(99_999, "99,999")]
    [InlineData(100_000, "100k")]
    [InlineData(2_345_678, "2.3M")]
    public void Pages_are_counted_exactly_while_there_is_room(long count, string label) => Assert.Equal(label, CardLabels.Count(count));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(845.9, "845 ms")]
    [InlineData(2_399, "2.3 s")]
    [InlineData(59_999, "59 s")]
    [InlineData(185_000, "3 min")]
    public void A_time_has_two_figures(double milliseconds, string label) => Assert.Equal(label, CardLabels.Span(TimeSpan.FromMilliseconds(milliseconds)));

    private static double Least(string label) => label[^1] switch
    {
        '+' => double.Parse(label[..^1]),
        'k' => double.Parse(label[..^1]) * 1e3,
        'M' => double.Parse(label[..^1]) * 1e6 - 1e-3,
        'B' => double.Parse(label[..^1]) * 1e9 - 1,
        _ => double.Parse(label),
    };
}
