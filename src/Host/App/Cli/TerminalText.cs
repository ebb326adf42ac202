using System.Globalization;
using System.Text;

namespace Amble.App.Cli;

/// <summary>
/// Text of strangers (URLs, titles, link texts) made fit for a terminal: no control characters, which could move the cursor or colour
/// what follows, no bidi marks and overrides, which could turn a line around, and nothing invisible in between (Unicode UAX #9, TR #36).
/// </summary>
public static class TerminalText
{
    /// <param name="longest">Most characters as people count them; what is cut ends in an ellipsis.</param>
    public static string Clean(string? text, int longest = 2000)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        var clean = new StringBuilder(Math.Min(text.Length, longest * 2));
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    AppendSpace(clean);
                    break;
                case UnicodeCategory.Control:
                    if (rune.Value is '\t' or '\n' or '\r')
                    {
                        AppendSpace(clean);
                    }
                    break;
                // The joiner is kept: emoji and Indic scripts are spelled with it.
                case UnicodeCategory.Format when rune.Value is not 0x200D:
                case UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    break;
                default:
                    clean.Append(rune.ToString());
                    break;
            }
        }
        return Cut(clean.ToString().Trim(), longest);
    }

    private static void AppendSpace(StringBuilder clean)
    {
        if (clean.Length > 0 && clean[^1] != ' ')
        {
            clean.Append(' ');
        }
    }

    /// <summary>Cuts at what people count as characters, so that no letter loses its marks.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }
        var elements = new StringInfo(text);
        return elements.LengthInTextElements <= longest ? text : elements.SubstringByTextElements(0, longest - 1).TrimEnd() + "…";
    }
}
