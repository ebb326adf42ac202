namespace Amble.Behaviours.Cards;

/// <summary>
/// What draws letters: it measures a text, and paints texts where layout has placed them. Colours, shapes and the file are not its
/// business, so two painters differ only in how they rasterize the same glyphs of the same fonts. It may be used from several threads at once.
/// </summary>
public interface ICardPainter : IDisposable
{
    /// <summary>Its name in health and in a card's key: <c>skia</c>, <c>pango</c>.</summary>
    string Name { get; }

    /// <summary>The width of each grapheme as it stands in this text, with the graphemes that no font has a glyph for.</summary>
    /// <param name="text">One line, as <see cref="CardWords"/> leaves it.</param>
    /// <param name="runsLeft">Whether the line as a whole runs from right to left: then other ink may hang over its ends.</param>
    MeasuredText Measure(string text, TextWeight weight, bool runsLeft);

    /// <summary>Adds the ink of these texts to the plane, shaped and in visual order.</summary>
    void Paint(IReadOnlyList<PlacedText> texts, CoveragePlane plane);
}

/// <summary>How wide a text is: <see cref="ICardPainter.Measure"/>, as layout is handed it.</summary>
public delegate MeasuredText TextMeasure(string text, TextWeight weight, bool runsLeft);

/// <param name="X">Where its left edge is, in pixels, whatever its direction.</param>
/// <param name="Baseline">In pixels from above.</param>
/// <param name="Size">Pixels an em.</param>
/// <param name="RunsLeft">Whether the line as a whole runs from right to left.</param>
public sealed record PlacedText(string Text, float X, float Baseline, float Size, TextWeight Weight, CardInk Ink, bool RunsLeft);

/// <summary>The inks of texts, all of them on the paper.</summary>
public enum CardInk
{
    Strong,
    Soft,
    Bad,
    Accent,
}
