using System.Text;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// One path pattern of a robots.txt (RFC 9309 section 2.2.3): a prefix of path and query in which <c>*</c> stands for any run and a last
/// <c>$</c> for the end. The pieces between stars are found leftmost one after the other, so no input makes it backtrack.
/// </summary>
internal sealed class RobotsPattern
{
    private readonly string[] _pieces;
    private readonly bool _anchored;

    public RobotsPattern(string pattern)
    {
        _anchored = pattern.EndsWith('$');
        _pieces = (_anchored ? pattern[..^1] : pattern).Split('*');
    }

    public bool Matches(ReadOnlySpan<char> path)
    {
        if (!path.StartsWith(_pieces[0], StringComparison.Ordinal))
            return false;
        if (_pieces.Length == 1)
            return !_anchored || path.Length == _pieces[0].Length;

        var rest = path[_pieces[0].Length..];
        var last = _pieces.Length - 1;
        for (var i = 1; i < (_anchored ? last : last + 1); i++)
        {
            var at = rest.IndexOf(_pieces[i], StringComparison.Ordinal);
            if (at < 0)
                return false;
            rest = rest[(at + _pieces[i].Length)..];
        }
        return !_anchored || rest.EndsWith(_pieces[last], StringComparison.Ordinal);
    }

    /// <summary>
    /// The pattern as a canonical URL would spell it: other than ASCII as UTF-8 percent-escapes, escapes in upper case, and what no URL can
    /// hold escaped (RFC 9309 section 2.2.2). Reserved characters keep the form they were written in.
    /// </summary>
    public static string Normalise(string pattern)
    {
        if (pattern.AsSpan().IndexOfAnyExcept(Plain) < 0)
            return pattern;
        var text = new StringBuilder(pattern.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        var inQuery = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            inQuery |= rune.Value == '?';
            if (rune.IsAscii && rune.Value > ' ' && "\"<>".IndexOf((char)rune.Value) < 0 && (inQuery || "^`{}".IndexOf((char)rune.Value) < 0))
            {
                text.Append((char)rune.Value);
                continue;
            }
            foreach (var octet in bytes[..rune.EncodeToUtf8(bytes)])
                text.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return UpperEscapes(text.ToString());
    }

    /// <summary>Escapes of characters that need none are decoded (RFC 3986 section 2.3).</summary>
    public static string Decode(string path)
    {
        if (!path.Contains('%'))
            return path;
        var text = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (IsEscape(path, i) && (char)Convert.ToByte(path.Substring(i + 1, 2), 16) is var c && (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~'))
            {
                text.Append(c);
                i += 2;
            }
            else
            {
                text.Append(path[i]);
            }
        }
        return text.ToString();
    }

    /// <summary>The two hexadecimal digits of an escape are equal in either case (RFC 3986 section 2.1).</summary>
    public static string UpperEscapes(string path)
    {
        if (!path.Contains('%'))
            return path;
        var text = path.ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsEscape(path, i))
                continue;
            text[i + 1] = char.ToUpperInvariant(text[i + 1]);
            text[i + 2] = char.ToUpperInvariant(text[i + 2]);
            i += 2;
        }
        return new string(text);
    }

    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?[]|\\");

    private static bool IsEscape(string path, int at) =>
        path[at] == '%' && at + 2 < path.Length && char.IsAsciiHexDigit(path[at + 1]) && char.IsAsciiHexDigit(path[at + 2]);
}
