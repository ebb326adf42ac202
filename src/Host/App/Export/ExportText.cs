using System.Globalization;
using System.Text;

namespace Amble.App.Export;

/// <summary>
/// Texts of strangers (titles, anchors, errors, URLs) for a file that programs and people read: no control characters, which a terminal
/// would obey and XML 1.0 forbids; no bidi overrides and nothing else invisible (Unicode UAX #9, TR #36); any run of white space is one
/// space, so that a record stays on its line; a half of a surrogate pair and what is no character becomes U+FFFD.
/// </summary>
public static class ExportText
{
    public static string? CleanOrNull(string? text) => text is null ? null : Clean(text);

    public static string Clean(string text)
    {
        if (IsClean(text))
        {
            return text;
        }
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                case UnicodeCategory.Control when rune.Value is '\t' or '\n' or '\v' or '\f' or '\r' or 0x85:
                    AppendSpace(clean);
                    break;
                // The two joiners are kept: emoji, Persian and Indic scripts are spelled with them.
                case UnicodeCategory.Control:
                case UnicodeCategory.Format when rune.Value is not (0x200C or 0x200D):
                    break;
                default:
                    clean.Append(IsNoCharacter(rune) ? "\uFFFD" : rune.ToString());
                    break;
            }
        }
        return clean.ToString().Trim(' ');
    }

    private static bool IsClean(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("  ", StringComparison.Ordinal) && !text.StartsWith(' ') && !text.EndsWith(' ');

    // U+FFFE, U+FFFF and their like in every plane (Unicode section 23.7); XML 1.0 takes the first two in no form.
    private static bool IsNoCharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    private static void AppendSpace(StringBuilder clean)
    {
        if (clean.Length > 0 && clean[^1] != ' ')
        {
            clean.Append(' ');
        }
    }
}
