using System.Globalization;
using System.Text;

namespace Amble.App.Pages;

/// <summary>
/// Strangers' text for a page: no control characters and no bidi overrides and isolates, which would turn around what stands beside
/// them (Unicode UAX #9). The mark-up encoder does the rest.
/// </summary>
public static class PageText
{
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text ?? "";
        }
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var dropped = category is UnicodeCategory.Control && rune.Value is not ('\n' or '\t') || category is UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D);
            if (!dropped)
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString();
    }
}
