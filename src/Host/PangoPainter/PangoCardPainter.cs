using System.Collections.Concurrent;
using Amble.Behaviours.Cards;

namespace Amble.PangoPainter;

/// <summary>
/// The painter on the system's Pango and Cairo, for where Skia cannot be had. Glyphs are filled as outlines, since Cairo before 1.18 puts drawn
/// glyphs on whole pixels. Two versions of the libraries may differ in a shade at a letter's edge.
/// </summary>
public sealed class PangoCardPainter : ICardPainter
{
    private readonly string _fonts;
    private readonly ConcurrentBag<PangoPen> _pens = [];

    private PangoCardPainter(string fonts, PangoPen first)
    {
        _fonts = fonts;
        _pens.Add(first);
    }

    public string Name => "pango";

    /// <param name="fonts">The folder with the fonts.</param>
    /// <param name="reason">Why there is none, in one sentence; null when there is.</param>
    /// <returns>Null when a library of the system or a font is missing.</returns>
    public static PangoCardPainter? TryOpen(string fonts, out string? reason)
    {
        reason = null;
        try
        {
            return new PangoCardPainter(fonts, new PangoPen(fonts));
        }
        catch (Exception trouble) when (trouble is IOException or DllNotFoundException or EntryPointNotFoundException or InvalidOperationException)
        {
            reason = trouble is DllNotFoundException
                ? "Pango and Cairo are not on this machine (on Debian: apt-get install libpangocairo-1.0-0)."
                : $"Pango cannot be used: {trouble.Message}";
            return null;
        }
    }

    public MeasuredText Measure(string text, TextWeight weight, bool runsLeft)
    {
        var pen = Take();
        var measured = pen.Measure(text, weight, runsLeft);
        _pens.Add(pen);
        return measured;
    }

    public void Paint(IReadOnlyList<PlacedText> texts, CoveragePlane plane)
    {
        var pen = Take();
        pen.Paint(texts, plane);
        _pens.Add(pen);
    }

    public void Dispose()
    {
        while (_pens.TryTake(out var pen)) pen.Dispose();
    }

    // A context of Pango serves one thread at a time.
    private PangoPen Take() => _pens.TryTake(out var pen) ? pen : new PangoPen(_fonts);
}
