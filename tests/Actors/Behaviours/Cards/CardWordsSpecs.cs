using System.Globalization;
using System.Text;
using Amble.Behaviours.Cards;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Cards;

[Trait("Seeds", "D-9+")]
public sealed class CardWordsSpecs
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  a \t\r\n b\u2028c\u00A0 ", "a b c")]
    [InlineData("in\u202Evoice\u202C\u2066x\u2069\u200F", "invoicex")]
    [InlineData("a\0b\u0007c\u0085d\u009Be", "abcde")]
    [InlineData("soft\u00ADhyphen\uFEFF\uE000", "softhyphen")]
    [InlineData("👩‍💻 क्‍ष 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩‍💻 क्‍ष 🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    [InlineData("\u0301\u0302 a\u0301", "a\u0301")]
    [InlineData("Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307!", "Z\u0301\u0302\u0303\u0304!")]
    public void What_can_do_harm_is_stripped_and_the_rest_stays(string? text, string clean) => Assert.Equal(clean, CardWords.Clean(text));

    // An attribute cannot hold them.
    [Fact]
    public void Half_a_letter_is_left_out() => Assert.Equal("abc", CardWords.Clean("a\uD800b\uDC00c"));

    [Fact]
    public void A_text_that_nobody_could_draw_is_cut() => Assert.InRange(CardWords.Clean(new string('漢', 1_000_000)).Length, 500, 1_001);

    [Fact]
    public void Nothing_that_hides_or_turns_around_is_left() => Prop.ForAll(Gen.Choose(0, EvenMeasure.Picks - 1).ArrayOf(30).ToArbitrary(), picks =>
    {
        var clean = CardWords.Clean(EvenMeasure.Text(picks));
        return clean == CardWords.Clean(clean) && clean == clean.Trim() && !clean.Contains("  ", StringComparison.Ordinal)
            && clean.EnumerateRunes().All(rune => rune.Value is 0x200C or 0x200D || rune != Rune.ReplacementChar
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse));
    }).QuickCheckThrowOnFailure();
}
