using Amble.Behaviours.Cards;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Cards;

[Trait("Seeds", "D-9+")]
public sealed class FitRuleSpecs
{
    private static readonly float[] Sizes = [80, 60, 40];
    private static readonly (float Width, float Height) Box = (400, 150);

    [Fact]
    public void A_short_text_is_set_in_the_largest_size() => Equal(80, ["Home page"], Fit("Home page"));

    [Fact]
    public void A_longer_one_in_a_smaller() => Equal(40, ["A title with more", "than a few words here"], Fit("A title with more than a few words here"));

    [Fact]
    public void Lines_are_made_even() => Equal(60, ["Every word", "has company"], Fit("Every word has company"));

    [Fact]
    public void A_word_is_not_broken_while_a_smaller_size_holds_it() => Equal(40, ["Ampelmaennchenkarte"], Fit("Ampelmaennchenkarte"));

    [Fact]
    public void A_word_wider_than_the_box_is_broken() => Equal(40, ["WWWWWWWWWWWWWWWWWWWW", "WWWWWWWWWW"], Fit(new string('W', 30)));

    [Fact]
    public void A_host_is_broken_at_its_dots() => Equal(40, ["shop.beispielfirma.", "example.org"], Fit("shop.beispielfirma.example.org"));

    [Fact]
    public void What_is_still_too_long_ends_in_an_ellipsis()
    {
        var fitted = Fit(string.Join(' ', Enumerable.Repeat("word", 40)));
        Assert.True(fitted.IsCut);
        Assert.Equal("word word word word w…", fitted.Lines[^1]);
        Assert.Equal(3, fitted.Lines.Count);
    }

    [Theory]
    [InlineData("漢字漢字漢字漢字漢字。漢字", "漢字漢字漢字漢字漢|字。漢字")]
    [InlineData("漢字漢字漢字漢字漢「漢字」漢", "漢字漢字漢字漢字漢|「漢字」漢")]
    [InlineData("カタカナカタカナカタッター", "カタカナカタカナカ|タッター")]
    [InlineData("word漢字漢字漢字word", "word漢字漢字漢字|word")]
    public void Ideographs_break_anywhere_but_not_before_a_stop_nor_after_an_opening_mark(string text, string lines)
    {
        var measured = EvenMeasure.Of(text);
        Assert.Equal(lines, string.Join('|', LineRule.Wrap(measured, 5).Lines.Select(line => measured.Slice(line.From, line.To))));
    }

    [Fact]
    public void Nothing_has_no_lines() => Assert.Empty(Fit("").Lines);

    [Fact]
    public void Whatever_the_text_every_line_fits_and_nothing_is_lost_but_what_was_cut() => Prop.ForAll(Gen.Choose(0, EvenMeasure.Picks - 1).ArrayOf(40).ToArbitrary(), picks =>
    {
        var text = CardWords.Clean(EvenMeasure.Text(picks));
        var fitted = Fit(text);
        var drawn = string.Concat(fitted.Lines).Replace(" ", "", StringComparison.Ordinal);
        var given = text.Replace(" ", "", StringComparison.Ordinal);
        return fitted.Lines.All(line => EvenMeasure.Of(line).Width() * fitted.Size <= Box.Width + 0.1f)
            && fitted.Lines.Count * fitted.Size * FitRule.LineHeight <= Box.Height
            && (fitted.IsCut ? given.StartsWith(drawn[..^1], StringComparison.Ordinal) && CutsBetweenGraphemes(text, fitted.Lines[^1]) : drawn == given);
    }).QuickCheckThrowOnFailure();

    private static bool CutsBetweenGraphemes(string text, string last)
    {
        var whole = EvenMeasure.Of(text);
        var kept = EvenMeasure.Of(last[..^1]);
        var graphemes = Enumerable.Range(0, whole.Count).Select(i => whole.Slice(i, i + 1)).ToHashSet();
        return Enumerable.Range(0, kept.Count).All(i => graphemes.Contains(kept.Slice(i, i + 1)));
    }

    private static FittedText Fit(string text) => FitRule.Fit(EvenMeasure.Of(text), Box, Sizes, 0.5f);

    private static void Equal(float size, string[] lines, FittedText fitted)
    {
        Assert.Equal(lines, fitted.Lines);
        Assert.Equal(size, fitted.Size);
    }
}
