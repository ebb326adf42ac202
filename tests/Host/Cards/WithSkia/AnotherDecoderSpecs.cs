using Amble.App.Cards;
using Amble.Behaviours.Cards;
using SkiaSharp;
using Xunit;

namespace Amble.Host.Specs.Cards.WithSkia;

public sealed class AnotherDecoderSpecs
{
    [Fact]
    public void A_decoder_that_others_wrote_reads_every_pixel_of_a_card()
    {
        var (plane, pixels) = (new CoveragePlane(), new CardPixels());
        var face = CardFace.Of(new PageContent("example.org", "/a", "A page that is worth a look", 12_345));
        var palette = CardScene.Paint(face, Painters.Of("skia"), plane, pixels);
        using var read = SKBitmap.Decode(PalettePng.Write(pixels.Indices, CoveragePlane.Width, CoveragePlane.Height, palette.Colours));
        Assert.Equal((CoveragePlane.Width, CoveragePlane.Height), (read.Width, read.Height));
        Assert.Equal(pixels.Indices.Select(index => (uint)palette.Colours[index] | 0xFF000000), read.Pixels.Select(pixel => (uint)pixel));
    }
}
