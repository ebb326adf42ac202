using System.Text;

namespace Amble.App.Sql.Reading;

/// <summary>What is searched for: in a title as it is, in a URL also as a URL writes it.</summary>
internal sealed record Needle(string Text, string InUrl)
{
    public static Needle? Of(string? search)
    {
        if (string.IsNullOrEmpty(search)) return null;
        var inUrl = new StringBuilder(search.Length);
        foreach (var rune in search.EnumerateRunes()) inUrl.Append(rune.IsAscii && rune.Value > ' ' ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        return new Needle(search, inUrl.ToString());
    }

    public bool IsIn(string url, string? title) =>
        url.Contains(InUrl, StringComparison.OrdinalIgnoreCase) || title?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true;
}
