using Amble.Behaviours.Cards;

namespace Amble.Actors.Specs.Behaviours.Cards;

/// <summary>Letters that are all as wide: half an em, a space a quarter; none is missing but one from a private corner.</summary>
internal static class EvenMeasure
{
    public const char Missing = '⁂';

    public static MeasuredText Of(string text) => Of(text, TextWeight.Bold, runsLeft: false);

    public static MeasuredText Of(string text, TextWeight weight, bool runsLeft)
    {
        var widths = new float[text.Length];
        var missing = new bool[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            widths[i] = char.IsLowSurrogate(text[i]) ? 0 : text[i] == ' ' ? 0.25f : 0.5f;
            missing[i] = text[i] == Missing;
        }
        return MeasuredText.Of(text, widths, missing);
    }

    /// <summary>The words of a text, drawn from a list with much in it that is hard to lay out.</summary>
    public static string Text(IEnumerable<int> picks) => string.Concat(picks.Select(pick => Pieces[pick % Pieces.Length]));

    public static int Picks => Pieces.Length;

    private static readonly string[] Pieces =
    [
        " ", "a", "word", "Donaudampfschifffahrtsgesellschaft", "-", "/", ".", "。", "「", "」", "漢字", "かな", "한글", "อักษรไทย", "שלום", "مرحبا", "👨‍👩‍👧‍👦", "🇨🇭", "e\u0301\u0302\u0303\u0304\u0305\u0306",
        "\u202E", "\u2066", "\0", "\t", "\n", "\u00A0", "\u3000", "\uFEFF", "\uD800", "\uDC00", "\uE000", "⁂", "12,5", "https://a.test/b?c=d&e=f", "\u0301", "…", "(", ")", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    ];
}
