using Amble.Behaviours.Cards;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Cards;

/// <summary>Lines as they are read, and the levels that UAX #9 gives them; in the texts capitals stand for Hebrew, as in the standard's examples.</summary>
[Trait("Seeds", "D-9+")]
public sealed class BidiRuleSpecs
{
    [Theory]
    [InlineData("car means CAR.", false, "00000000001110")]
    [InlineData("car means CAR.", true, "22222222211111")]
    [InlineData("CAR 12 MEANS", true, "111122111111")]
    [InlineData("a CAR 12 b", false, "0011112200")]
    [InlineData("CAR (a) 5%", true, "1111121122")]
    [InlineData("a (CAR) 12", false, "0001110022")]
    [InlineData("a CAR [b] c", false, "00111000000")]
    [InlineData("CAR a) b", true, "11112222")]
    [InlineData("just latin, 12.", false, "000000000000000")]
    [InlineData("A 1,200-3 B", true, "11222222211")]
    [InlineData("A +5 B", true, "111211")]
    public void Each_part_of_a_line_has_its_level(string line, bool runsLeft, string levels) =>
        Assert.Equal(levels, string.Concat(BidiRule.Levels(Hebrew(line), runsLeft)));

    [Fact]
    public void A_number_after_Arabic_letters_is_an_Arabic_number() => Assert.Equal("1112211", string.Concat(BidiRule.Levels("مر 12 م", true)));

    [Theory]
    [InlineData("00112200", "abefdcgh", "abcdefgh")]
    [InlineData("1111", "dcba", "abcd")]
    [InlineData("122111", "fedbca", "abcdef")]
    public void Runs_stand_in_visual_order(string levels, string visual, string read)
    {
        var runs = read.Select((letter, i) => (letter, (byte)(levels[i] - '0'))).ToArray();
        BidiRule.Reorder<(char Letter, byte Level)>(runs, run => run.Level);
        Assert.Equal(visual, string.Concat(runs.Select(run => run.letter)));
    }

    [Theory]
    [InlineData("12 שלום hello", true)]
    [InlineData("hello שלום", false)]
    [InlineData("… مرحبا", true)]
    [InlineData("123 !?", false)]
    public void A_line_runs_as_its_first_letter_does(string line, bool runsLeft) => Assert.Equal(runsLeft, Scripts.RunsLeft(line));

    private static string Hebrew(string line) => string.Concat(line.Select(c => c is >= 'A' and <= 'Z' ? (char)(0x05D0 + c - 'A') : c));
}
