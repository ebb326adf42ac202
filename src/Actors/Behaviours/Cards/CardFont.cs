namespace Amble.Behaviours.Cards;

/// <summary>
/// The fonts that come with the program, in the order in which a grapheme looks for its glyphs. A card needs no font of the machine, so
/// it is the same on every one; what these fonts lack is not drawn.
/// </summary>
/// <param name="File">In the folder <c>fonts</c> beside the program.</param>
/// <param name="Family">The family that the file calls itself.</param>
public sealed record CardFont(string File, string Family)
{
    /// <summary>The folder beside the program.</summary>
    public const string Folder = "fonts";

    private static readonly CardFont[] ForAll =
    [
        new("NotoSans-Bold.ttf", "Noto Sans"),
        new("NotoSansArabic-Bold.ttf", "Noto Sans Arabic"),
        new("NotoSansHebrew-Bold.ttf", "Noto Sans Hebrew"),
        new("NotoSansDevanagari-Bold.ttf", "Noto Sans Devanagari"),
        new("NotoSansThai-Bold.ttf", "Noto Sans Thai"),
        new("NotoSansCJKsc-Bold.otf", "Noto Sans CJK SC"),
        new("NotoEmoji-Bold.ttf", "Noto Emoji"),
        .. from script in (string[])["Armenian", "Georgian", "Bengali", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Oriya", "Sinhala", "Tamil", "Telugu", "Khmer", "Lao", "Myanmar", "Ethiopic", "Thaana", "Symbols"]
           select new CardFont($"NotoSans{script}-Bold.ttf", $"Noto Sans {script}"),
        new("NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols2"),
    ];

    /// <summary>What emoji are drawn with, where a text asks for their picture (UTS #51).</summary>
    public static CardFont Emoji { get; } = ForAll.Single(font => font.Family == "Noto Emoji");

    public static IReadOnlyList<CardFont> For(TextWeight weight) =>
        [weight == TextWeight.Bold ? new CardFont("InterDisplay-Bold.otf", "Inter Display") : new CardFont("Inter-Medium.otf", "Inter"), .. ForAll];

    /// <summary>Whether a grapheme is to be an emoji's picture: it says so, or it is one that has no other form.</summary>
    public static bool WantsEmoji(ReadOnlySpan<char> grapheme)
    {
        if (grapheme.Length == 1) return grapheme[0] is '\u231A' or '\u231B' or '\u2705' or '\u274C' or '\u2728' or '\u2B50';
        foreach (var rune in grapheme.EnumerateRunes())
            if (rune.Value is 0xFE0F or 0x20E3 or (>= 0x1F1E6 and <= 0x1F1FF) or (>= 0x1F300 and <= 0x1FAFF)) return true;
        return false;
    }
}
