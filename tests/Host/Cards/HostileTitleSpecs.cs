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
        Assert.All(HostileTitles.Written, title => Assert.False(Painters.Of(painter).Measure(CardWords.Clean(title), TextWeight.Bold).HasMissing, title));

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters))]
    public void Whatever_is_drawn_has_no_missing_glyph(string painter) =>
        Assert.All(HostileTitles.All, title => Assert.All(
            CardLayout.Of(CardFace.Of(Page(title)), Painters.Of(painter).Measure), text => Assert.False(Painters.Of(painter).Measure(text.Text, text.Weight).HasMissing, text.Text)));

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters))]
    public void No_ink_of_a_text_leaves_the_centre_80_percent(string painter)
    {
        var (plane, pixels, bare) = (new CoveragePlane(), new CardPixels(), new CardPixels());
        CardScene.Paint(CardFace.Of(Page("")), new NoInk(Painters.Of(painter)), plane, bare);
        foreach (var title in HostileTitles.All)
        {
            CardScene.Paint(CardFace.Of(Page(title)), Painters.Of(painter), plane, pixels);
            Assert.True(Outside(pixels).SequenceEqual(Outside(bare)), $"Ink outside the centre: {title}");
            Assert.False(plane.Pixels.AsSpan().ContainsAnyExcept((byte)0));
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
            var width = Painters.Of(painter).Measure(line.Text, line.Weight).Width() * line.Size;
            // A glyph's own blank at either side: half an em at a full-width comma.
            Assert.True(left >= line.X - line.Size / 5 && left <= line.X + line.Size / 4 && right >= line.X + width - line.Size * 0.8 && right <= line.X + width + line.Size / 5,
                $"{line.Text}: ink {left} to {right}, said {line.X:0} to {line.X + width:0}");
        }
    }

    private static PageContent Page(string title) => new("example.org", "/" + title, title, 12);

    private static IEnumerable<byte> Outside(CardPixels pixels)
    {
        for (var at = 0; at < pixels.Indices.Length; at++)
        {
            var (x, y) = (at % CoveragePlane.Width, at / CoveragePlane.Width);
            if (x < CardLayout.SafeLeft || x >= CardLayout.SafeRight || y < CardLayout.SafeTop || y >= CardLayout.SafeBottom) yield return pixels.Indices[at];
        }
    }

    private static (int Left, int Right) Bounds(CoveragePlane plane)
    {
        var columns = Enumerable.Range(0, CoveragePlane.Width).Where(x => Enumerable.Range(0, CoveragePlane.Height).Any(y => plane.Pixels[y * CoveragePlane.Width + x] > 0)).ToList();
        return (columns[0], columns[^1] + 1);
    }

    /// <summary>Measures as the painter does and paints nothing.</summary>
    private sealed class NoInk(ICardPainter painter) : ICardPainter
    {
        public string Name => painter.Name;

        public MeasuredText Measure(string text, TextWeight weight) => painter.Measure(text, weight);

        public void Paint(IReadOnlyList<PlacedText> texts, CoveragePlane plane) { }

        public void Dispose() { }
    }
}
