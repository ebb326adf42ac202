using System.Text;
using System.Text.Unicode;

namespace Amble.App.Web;

/// <summary>
/// Which encoding a page's bytes are in (HTML standard section 13.2.3.2): byte order mark, else the charset of HTTP, else a meta element,
/// else UTF-8 where the bytes are that, else windows-1252. Browsers look for the element in 1,024 bytes and change their mind when it comes
/// later (section 13.2.3.4); we have the page and look further at once.
/// </summary>
internal static class HtmlEncoding
{
    private const int Prescanned = 16 << 10;

    /// <param name="charset">The charset parameter of Content-Type; null when there is none.</param>
    /// <param name="mark">Bytes of the byte order mark, which are no text.</param>
    public static Encoding Of(ReadOnlySpan<byte> body, string? charset, out int mark)
    {
        if (body.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Marked(EncodingLabels.Utf8, 3, out mark);
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Marked(EncodingLabels.Utf16Big, 2, out mark);
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Marked(EncodingLabels.Utf16Little, 2, out mark);
        mark = 0;
        return EncodingLabels.Find(charset) ?? Declared(body[..Math.Min(body.Length, Prescanned)]) ?? (Utf8.IsValid(body) ? EncodingLabels.Utf8 : EncodingLabels.Windows1252);
    }

    /// <summary>The meta element's declaration, by the standard's prescan; null when there is none.</summary>
    public static Encoding? Declared(ReadOnlySpan<byte> head)
    {
        // Latin-1 keeps every byte one character, so that the scan can use text.
        var text = Encoding.Latin1.GetString(head).AsSpan();
        while (text.IndexOf('<') is var open and >= 0)
        {
            text = text[open..];
            if (text.StartsWith("<!--"))
            {
                var end = text[2..].IndexOf("-->");
                if (end < 0)
                    return null;
                text = text[(end + 5)..];
            }
            else if (text.Length > 5 && text[1..5].Equals("meta", StringComparison.OrdinalIgnoreCase) && IsSpaceOrSlash(text[5]))
            {
                text = text[6..];
                if (OfMeta(ref text) is { } found)
                    return found;
            }
            else if (text.Length > 1 && (char.IsAsciiLetter(text[1]) || (text[1] == '/' && text.Length > 2 && char.IsAsciiLetter(text[2]))))
            {
                var end = text.IndexOfAny(" \t\n\f\r>");
                if (end < 0)
                    return null;
                text = text[end..];
                while (Attribute(ref text, out _, out _))
                {
                }
            }
            else if (text.Length > 1 && text[1] is '!' or '/' or '?')
            {
                var end = text.IndexOf('>');
                if (end < 0)
                    return null;
                text = text[(end + 1)..];
            }
            else
            {
                text = text[1..];
            }
        }
        return null;
    }

    private static Encoding? OfMeta(ref ReadOnlySpan<char> text)
    {
        string? charset = null, content = null;
        var pragma = false;
        while (Attribute(ref text, out var name, out var value))
        {
            if (name.Equals("charset", StringComparison.OrdinalIgnoreCase))
                charset ??= value.ToString();
            else if (name.Equals("content", StringComparison.OrdinalIgnoreCase))
                content ??= InContent(value);
            else if (name.Equals("http-equiv", StringComparison.OrdinalIgnoreCase))
                pragma |= value.Equals("content-type", StringComparison.OrdinalIgnoreCase);
        }
        var declared = EncodingLabels.Find(charset ?? (pragma ? content : null));
        // Who can read the declaration as ASCII has not got UTF-16.
        return declared is UnicodeEncoding ? EncodingLabels.Utf8 : declared;
    }

    // Of "text/html; charset=x" the x, in its quotes or up to a space or semicolon.
    private static string? InContent(ReadOnlySpan<char> value)
    {
        while (value.IndexOf("charset", StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            value = value[(at + 7)..].TrimStart();
            if (value.IsEmpty || value[0] != '=')
                continue;
            value = value[1..].TrimStart();
            if (value.IsEmpty)
                return null;
            if (value[0] is '"' or '\'')
                return value[1..].IndexOf(value[0]) is var quote and >= 0 ? value[1..(quote + 1)].ToString() : null;
            var end = value.IndexOfAny(" \t\n\f\r;");
            return (end < 0 ? value : value[..end]).ToString();
        }
        return null;
    }

    private static bool Attribute(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        text = text.TrimStart(" \t\n\f\r/");
        if (text.IsEmpty || text[0] == '>')
            return false;
        var end = text[1..].IndexOfAny("= \t\n\f\r/>") + 1;
        if (end == 0)
            return false;
        name = text[..end];
        text = text[end..].TrimStart(" \t\n\f\r");
        if (text.IsEmpty || text[0] != '=')
            return true;
        text = text[1..].TrimStart(" \t\n\f\r");
        if (text.IsEmpty)
            return false;
        if (text[0] is '"' or '\'')
        {
            var quote = text[1..].IndexOf(text[0]);
            if (quote < 0)
                return false;
            value = text[1..(quote + 1)];
            text = text[(quote + 2)..];
            return true;
        }
        end = text.IndexOfAny(" \t\n\f\r>");
        if (end < 0)
            return false;
        value = text[..end];
        text = text[end..];
        return true;
    }

    private static Encoding Marked(Encoding encoding, int length, out int mark)
    {
        mark = length;
        return encoding;
    }

    private static bool IsSpaceOrSlash(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r' or '/';
}
