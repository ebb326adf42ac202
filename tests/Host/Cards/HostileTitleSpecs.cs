using Amble.App.Cards;
using Amble.Behaviours.Cards;
using Xunit;

namespace Amble.Host.Specs.Cards;

/// <summary>Two hundred titles on real painters, judged by the pixels.</summary>
[Trait("Seeds", "D-9+")]
public sealed class HostileTitleSpecs
{
    [Fact]
    public void There_are_two_hundred() => Assert.InRange(HostileTitles.All.Distinct().Count(), 200, int.MaxValue);

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters))]
    public void What_people_write_has_a_glyph_for_every_sign(string painter) =>
        Assert.All(HostileTitles.Written, title => Assert.False(Painters.Of(painter).Measure(CardWords.Clean(title), TextWeight.Bold, runsLeft: false).HasMissing, title));

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters))]
    public void Whatever_is_drawn_has_no_missing_glyph(string painter) =>
        Assert.All(HostileTitles.All, title => Assert.All(
            CardLayout.Of(CardFace.Of(Page(title)), Painters.Of(painter).Measure), text => Assert.False(Painters.Of(painter).Measure(text.Text, text.Weight, text.RunsLeft).HasMissing, text.Text)));

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters))]
    public void No_ink_of_a_text_leaves_the_centre_80_percent(string painter)
    {
        var (plane, pixels, bare) = (new CoveragePlane(), new CardPixels(), new CardPixels());
        CardScene.Paint(CardFace.Of(Page("")), new NoInk(Painters.Of(painter)), plane, bare);
        foreach (var title in HostileTitles.All)
        {
            CardScene.Paint(CardFace.Of(Page(title)), Painters.Of(painter), plane, pixels);
            Assert.True(IsSameOutside(pixels.Indices, bare.Indices), $"Ink outside the centre: {title}");
            Assert.False(plane.Pixels.AsSpan().ContainsAnyExcept((byte)0));
        }
    }

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters))]
    public void Nor_does_it_with_letters_thrown_together_from_everywhere(string painter)
    {
        var dice = new Random(20261126);
        var plane = new CoveragePlane();
        var none = new byte[plane.Pixels.Length];
        for (var title = 0; title < 300; title++)
        {
            var texts = CardLayout.Of(CardFace.Of(Page(Thrown(dice))), Painters.Of(painter).Measure);
            Assert.All(texts, text => Assert.False(Painters.Of(painter).Measure(text.Text, text.Weight, text.RunsLeft).HasMissing, text.Text));
            plane.Clear();
            Painters.Of(painter).Paint(texts, plane);
            Assert.True(IsSameOutside(plane.Pixels, none), string.Join(" | ", texts.Select(text => text.Text)));
        }
    }

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters))]
    public void Ink_is_where_layout_says_that_a_text_is(string painter)
    {
        var plane = new CoveragePlane();
        foreach (var title in HostileTitles.Written)
        {
            var line = CardLayout.Of(CardFace.Of(Page(title)), Painters.Of(painter).Measure).First(text => text.Weight == TextWeight.Bold);
            plane.Clear();
            Painters.Of(painter).Paint([line], plane);
            var (left, right) = Bounds(plane);
            var width = Painters.Of(painter).Measure(line.Text, line.Weight, line.RunsLeft).Width() * line.Size;
            // A glyph's own blank at either side: half an em at a full-width comma.
            Assert.True(left >= line.X - line.Size / 5 && left <= line.X + line.Size / 4 && right >= line.X + width - line.Size * 0.8 && right <= line.X + width + line.Size / 5,
                $"{line.Text}: ink {left} to {right}, said {line.X:0} to {line.X + width:0}");
        }
    }

    // Now from one block, now from anywhere below the private planes; halves of surrogate pairs among them.
    private static string Thrown(Random dice) => string.Concat(Enumerable.Range(0, dice.Next(1, 12)).Select(_ =>
    {
        var block = dice.Next(dice.Next(2) == 0 ? 0x600 : 0x20000) & ~0x7F;
        var letters = Enumerable.Range(0, dice.Next(1, 9)).Select(_ => block + dice.Next(0x80)).Select(code => code is < 0xD800 or > 0xDFFF ? char.ConvertFromUtf32(code) : ((char)code).ToString());
        return string.Concat(letters) + (dice.Next(3) == 0 ? " " : "");
    }));

    private static PageContent Page(string title) => new("example.org", "/" + title, title, 12);

    private static bool IsSameOutside(byte[] one, byte[] other)
    {
        for (var y = 0; y < CoveragePlane.Height; y++)
        {
            var row = one.AsSpan(y * CoveragePlane.Width, CoveragePlane.Width);
            var same = other.AsSpan(y * CoveragePlane.Width, CoveragePlane.Width);
            var isInside = y >= CardLayout.SafeTop && y < CardLayout.SafeBottom;
            if (!isInside && !row.SequenceEqual(same)) return false;
            if (isInside && !(row[..(int)CardLayout.SafeLeft].SequenceEqual(same[..(int)CardLayout.SafeLeft]) && row[(int)CardLayout.SafeRight..].SequenceEqual(same[(int)CardLayout.SafeRight..]))) return false;
        }
        return true;
    }

    private static (int Left, int Right) Bounds(CoveragePlane plane)
    {
        var (left, right) = (CoveragePlane.Width, 0);
        for (var y = 0; y < CoveragePlane.Height; y++)
        {
            var row = plane.Pixels.AsSpan(y * CoveragePlane.Width, CoveragePlane.Width);
            if (row.IndexOfAnyExcept((byte)0) is var first and >= 0) (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyExcept((byte)0) + 1));
        }
        return (left, right);
    }

    /// <summary>Measures as the painter does and paints nothing.</summary>
    private sealed class NoInk(ICardPainter painter) : ICardPainter
    {
        public string Name => painter.Name;

        public MeasuredText Measure(string text, TextWeight weight, bool runsLeft) => painter.Measure(text, weight, runsLeft);

        public void Paint(IReadOnlyList<PlacedText> texts, CoveragePlane plane) { }

        public void Dispose() { }
    }
}
