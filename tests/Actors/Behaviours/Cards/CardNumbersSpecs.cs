using Amble.Behaviours.Cards;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Cards;

/// <summary>The score and the trail, which both follow from the counts.</summary>
public sealed class CardNumbersSpecs
{
    private static readonly Arbitrary<PageCounts> Counts =
        Gen.Elements(0, 0, 1, 2, 7, 40, 999, 1_000_000).ArrayOf(5).Select(n => new PageCounts(n[0], n[1], n[2], n[3], n[4])).ToArbitrary();

    [Theory]
    [InlineData(100, 0, 0, 0, 0, 100)]
    [InlineData(999_999, 0, 0, 1, 0, 99)]
    [InlineData(0, 1, 0, 0, 0, 100)]
    [InlineData(1, 0, 50, 1, 0, 50)]
    [InlineData(0, 0, 0, 3, 1, 0)]
    [InlineData(0, 0, 9, 0, 0, null)]
    public void The_score_is_how_many_of_a_hundred_a_reader_gets(long ok, long redirected, long refused, long broken, long unknown, int? score) =>
        Assert.Equal(score, ScoreRule.Of(new PageCounts(ok, redirected, refused, broken, unknown)));

    [Fact]
    public void A_score_of_100_has_nothing_broken() => Prop.ForAll(Counts, pages =>
        ScoreRule.Of(pages) is not { } score || score is >= 0 and <= 100 && (score == 100) == (pages.Broken + pages.Unknown == 0)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_trail_shows_every_class_that_has_a_page_and_no_other() => Prop.ForAll(Counts, pages =>
    {
        var steps = StepsRule.Of(pages);
        if (pages.All == 0) return steps == new string(StepsRule.Plain, StepsRule.Count);
        return steps.Length == StepsRule.Count
            && steps.Contains(StepsRule.Ok) == pages.Ok > 0 && steps.Contains(StepsRule.Redirected) == pages.Redirected > 0
            && steps.Contains(StepsRule.Refused) == pages.Refused > 0 && steps.Contains(StepsRule.Broken) == pages.Broken > 0
            && steps.Contains(StepsRule.Unknown) == pages.Unknown > 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_trail_spreads_what_is_rare() => Assert.Equal(
        "oooboooooooooboooooooooboooooooooboooooo", StepsRule.Of(new PageCounts(900, 0, 0, 100, 0)));
}
