using Amble.Behaviours.Cards;
using SkiaSharp;

namespace Amble.SkiaPainter;

/// <summary>The painter on Skia and HarfBuzz, both of which come with their packages: glyphs do not depend on the machine.</summary>
public sealed class SkiaCardPainter : ICardPainter
{
    private readonly FontShelf _shelf;

    private SkiaCardPainter(FontShelf shelf) => _shelf = shelf;

    public string Name => "skia";

    /// <param name="fonts">The folder with the fonts.</param>
    /// <param name="reason">Why there is none, in one sentence; null when there is.</param>
    /// <returns>Null when the native library or a font is missing.</returns>
    public static SkiaCardPainter? TryOpen(string fonts, out string? reason)
    {
        reason = null;
        try
        {
            return new SkiaCardPainter(FontShelf.Open(fonts));
        }
        catch (Exception trouble) when (trouble is IOException or DllNotFoundException or TypeInitializationException or BadImageFormatException or InvalidOperationException)
        {
            reason = $"Skia cannot be used: {(trouble.InnerException ?? trouble).Message}";
            return null;
        }
    }

    public MeasuredText Measure(string text, TextWeight weight, bool runsLeft)
    {
        var widths = new float[text.Length];
        bool[]? missing = null;
        var runs = ShapedRun.All(text, weight, runsLeft, _shelf).ToArray();
        BidiRule.Reorder<ShapedRun>(runs, run => run.Level);
        float pen = 0, left = 0, right = 0;
        foreach (var run in runs)
        {
            foreach (var glyph in run.Glyphs)
            {
                widths[glyph.Cluster] += glyph.Advance;
                if (glyph.Id == 0) (missing ??= new bool[text.Length])[glyph.Cluster] = true;
                var (from, to) = run.Font.Ink(glyph.Id);
                if (to > from) (left, right) = (Math.Min(left, pen + glyph.Right + from), Math.Max(right, pen + glyph.Right + to));
                pen += glyph.Advance;
            }
        }
        return MeasuredText.Of(text, ShapedRun.Spread(text, widths), missing, -left, right - pen);
    }

    public unsafe void Paint(IReadOnlyList<PlacedText> texts, CoveragePlane plane)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = SKColors.Black };
        fixed (byte* pixels = plane.Pixels)
        {
            using var surface = SKSurface.Create(new SKImageInfo(CoveragePlane.Width, CoveragePlane.Height, SKColorType.Alpha8, SKAlphaType.Premul), (nint)pixels, CoveragePlane.Width);
            foreach (var text in texts) Paint(text, surface.Canvas, ink);
            surface.Flush();
        }
    }

    public void Dispose() => _shelf.Dispose();

    private void Paint(PlacedText text, SKCanvas canvas, SKPaint ink)
    {
        var runs = ShapedRun.All(text.Text, text.Weight, text.RunsLeft, _shelf).ToArray();
        BidiRule.Reorder<ShapedRun>(runs, run => run.Level);
        var x = text.X;
        foreach (var run in runs)
        {
            using var font = run.Font.At(text.Size);
            using var builder = new SKTextBlobBuilder();
            var buffer = builder.AllocatePositionedRun(font, run.Glyphs.Length);
            for (var i = 0; i < run.Glyphs.Length; i++)
            {
                var glyph = run.Glyphs[i];
                buffer.Glyphs[i] = glyph.Id;
                buffer.Positions[i] = new SKPoint(x + glyph.Right * text.Size, text.Baseline - glyph.Up * text.Size);
                x += glyph.Advance * text.Size;
            }
            using var blob = builder.Build();
            if (blob is not null) canvas.DrawText(blob, 0, 0, ink);
        }
    }
}
