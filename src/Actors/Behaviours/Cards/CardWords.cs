using System.Globalization;
using System.Text;

namespace Amble.Behaviours.Cards;

/// <summary>
/// Strangers' text made fit to be drawn (SEEDS D-9+): one line; no control characters, no bidi marks, overrides or isolates (Unicode
/// UAX #9), nothing invisible but the joiners that emoji and Indic scripts are spelled with, nothing unassigned or private, and no tower of
/// marks on one letter. Broken surrogates are left out. What is longer than anybody could draw is cut first.
/// </summary>
public static class CardWords
{
    /// <summary>More is never drawn: a card holds about 120 letters.</summary>
    private const int MostCharacters = 1_000;

    /// <summary>Hebrew with vowels and accents has three on a letter; more is a prank that runs over other lines.</summary>
    private const int MostMarks = 4;

    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var clean = new StringBuilder(Math.Min(text.Length, MostCharacters));
        var marks = 0;
        var at = 0;
        while (at < text.Length && clean.Length < MostCharacters)
        {
            var whole = Rune.TryGetRuneAt(text, at, out var rune);
            at += whole ? rune.Utf16SequenceLength : 1;
            if (whole) Append(clean, rune, ref marks);
        }
        return clean.ToString().TrimEnd();
    }

    private static void Append(StringBuilder clean, Rune rune, ref int marks)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
            case UnicodeCategory.Control when rune.Value is '\t' or '\n' or '\r':
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
                marks = 0;
                break;
            case UnicodeCategory.Format when !IsJoinerOrTag(rune.Value):
            case UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned:
                break;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark:
                // A mark with no letter before it has nothing to stand on.
                if (clean.Length > 0 && clean[^1] != ' ' && ++marks <= MostMarks) clean.Append(rune.ToString());
                break;
            default:
                clean.Append(rune.ToString());
                marks = 0;
                break;
        }
    }

    // Joiners, and the tags that spell the flags of England, Scotland and Wales.
    private static bool IsJoinerOrTag(int value) => value is 0x200C or 0x200D or (>= 0xE0020 and <= 0xE007F);
}
