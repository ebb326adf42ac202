using HarfBuzzSharp;
using SkiaSharp;

namespace Amble.SkiaPainter;

/// <summary>One font file, for shaping and for drawing.</summary>
internal sealed class SkiaFont : IDisposable
{
    private readonly SKTypeface _typeface;
    private readonly Blob _blob;
    private readonly Face _face;

    private SkiaFont(SKTypeface typeface, Blob blob)
    {
        _typeface = typeface;
        _blob = blob;
        _face = new Face(blob, 0);
        Shaping = new Font(_face);
        Shaping.SetFunctionsOpenType();
        UnitsPerEm = _face.UnitsPerEm;
        Shaping.SetScale(UnitsPerEm, UnitsPerEm);
        _face.MakeImmutable();
    }

    public Font Shaping { get; }

    public int UnitsPerEm { get; }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">It is no font.</exception>
    public static SkiaFont Open(string file)
    {
        if (!File.Exists(file)) throw new FileNotFoundException($"the font {Path.GetFileName(file)} is not beside the program.");
        var typeface = SKTypeface.FromFile(file) ?? throw new InvalidOperationException($"{Path.GetFileName(file)} is no font.");
        return new SkiaFont(typeface, Blob.FromFile(file));
    }

    public bool Has(int codePoint) => Shaping.TryGetNominalGlyph(codePoint, out _);

    /// <summary>From where to where a glyph has ink, in em from its origin; nothing where it has none.</summary>
    public (float From, float To) Ink(ushort glyph) => Shaping.TryGetGlyphExtents(glyph, out var ink)
        ? (ink.XBearing / (float)UnitsPerEm, (ink.XBearing + ink.Width) / (float)UnitsPerEm)
        : default;

    /// <summary>Not hinted, and placed between pixels: widths hold for every size, and letters stand as they were designed.</summary>
    public SKFont At(float size) => new(_typeface, size) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true };

    public void Dispose()
    {
        Shaping.Dispose();
        _face.Dispose();
        _blob.Dispose();
        _typeface.Dispose();
    }
}
