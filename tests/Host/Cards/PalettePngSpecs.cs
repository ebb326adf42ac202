using Amble.App.Cards;
using Xunit;

namespace Amble.Host.Specs.Cards;

public sealed class PalettePngSpecs
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 2)]
    [InlineData(300, 200, 256)]
    public void Every_pixel_is_read_back_as_it_was_written(int width, int height, int colours)
    {
        var dice = new Random(20261126);
        var palette = Enumerable.Range(0, colours).Select(_ => dice.Next(0x1000000)).ToArray();
        // Runs as on a card, and noise.
        var indices = new byte[width * height];
        for (var at = 0; at < indices.Length;)
        {
            var run = Math.Min(indices.Length - at, dice.Next(1, dice.Next(2) == 0 ? 2 : 700));
            indices.AsSpan(at, run).Fill((byte)dice.Next(colours));
            at += run;
        }

        var read = DecodedPng.Read(PalettePng.Write(indices, width, height, palette));

        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], read.Chunks);
        Assert.Equal(indices.Select(index => palette[index]), read.Pixels);
    }

    [Fact]
    public void The_same_pixels_give_the_same_bytes() =>
        Assert.Equal(PalettePng.Write(new byte[600], 30, 20, [0xFFFFFF]), PalettePng.Write(new byte[600], 30, 20, [0xFFFFFF]));
}
