using Amble.Behaviours.Cards;

namespace Amble.SkiaPainter;

/// <summary>All fonts, and which of them draws a grapheme: the first that has all of it, emoji's own first where a picture is asked for.</summary>
internal sealed class FontShelf : IDisposable
{
    private readonly Dictionary<string, SkiaFont> _open;
    private readonly SkiaFont[] _bold;
    private readonly SkiaFont[] _medium;
    private readonly SkiaFont _emoji;

    private FontShelf(Dictionary<string, SkiaFont> open)
    {
        _open = open;
        _bold = [.. CardFont.For(TextWeight.Bold).Select(font => open[font.File])];
        _medium = [.. CardFont.For(TextWeight.Medium).Select(font => open[font.File])];
        _emoji = open[CardFont.Emoji.File];
    }

    public static FontShelf Open(string folder) => new(
        CardFont.For(TextWeight.Bold).Concat(CardFont.For(TextWeight.Medium)).DistinctBy(font => font.File)
            .ToDictionary(font => font.File, font => SkiaFont.Open(Path.Combine(folder, font.File))));

    /// <returns>The first font of the list when none has it: its glyph 0 tells that it is missing.</returns>
    public SkiaFont Of(ReadOnlySpan<char> grapheme, TextWeight weight)
    {
        var fonts = weight == TextWeight.Bold ? _bold : _medium;
        if (CardFont.WantsEmoji(grapheme) && HasAll(_emoji, grapheme)) return _emoji;
        foreach (var font in fonts)
            if (HasAll(font, grapheme)) return font;
        return fonts[0];
    }

    public void Dispose()
    {
        foreach (var font in _open.Values) font.Dispose();
    }

    private static bool HasAll(SkiaFont font, ReadOnlySpan<char> grapheme)
    {
        foreach (var rune in grapheme.EnumerateRunes())
            if (!IsInvisible(rune.Value) && !font.Has(rune.Value)) return false;
        return true;
    }

    // Joiners, variation selectors and tags are the shaper's business: it needs no glyph of theirs.
    private static bool IsInvisible(int value) => value is 0x200C or 0x200D or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0020 and <= 0xE007F);
}
