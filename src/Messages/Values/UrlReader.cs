using System.Buffers;
using System.Text;

namespace Amble.Messages;

/// <summary>Why a text is no URL that can be crawled.</summary>
internal enum UrlTrouble { None, NotCrawlable, TooLong }

/// <summary>
/// Reads URLs as browsers do (WHATWG URL section 4.4, special schemes) straight into their canonical text, in one pass. Stricter than the
/// standard in one thing: a host must be an IP address or a name that DNS can hold.
/// </summary>
internal ref struct UrlReader
{
    public const int Longest = 2083;

    private static readonly SearchValues<char> PlainInPath = Visible("\"#<>?^`{}");
    private static readonly SearchValues<char> PlainInQuery = Visible("\"#<>'");
    private static readonly SearchValues<char> EndsSegment = SearchValues.Create("/\\?#");
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\t\r\n");

    // Lent to one read at a time: a read never calls out.
    [ThreadStatic] private static char[]? _lent;

    private readonly Span<char> _text;
    private int _length;
    private bool _tooLong;

    private UrlReader(Span<char> text) => _text = text;

    /// <param name="base">What relative references are resolved against; null refuses them.</param>
    /// <param name="pathAt">Where the path begins in <paramref name="canonical"/>.</param>
    public static UrlTrouble Read(ReadOnlySpan<char> text, PageUrl? @base, out string? canonical, out int pathAt)
    {
        canonical = null;
        var reader = new UrlReader(_lent ??= new char[Longest]);
        var read = reader.Reference(Clean(text), @base, out pathAt);
        if (reader._tooLong)
            return UrlTrouble.TooLong;
        if (!read)
            return UrlTrouble.NotCrawlable;
        canonical = reader._text[..reader._length].ToString();
        return UrlTrouble.None;
    }

    // Space and control characters around a URL, and line breaks within it, are the page's layout.
    private static ReadOnlySpan<char> Clean(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && text[0] <= ' ')
            text = text[1..];
        while (text.Length > 0 && text[^1] <= ' ')
            text = text[..^1];
        return text.IndexOfAny(LineBreaks) < 0 ? text : text.ToString().Replace("\t", "").Replace("\r", "").Replace("\n", "");
    }

    private bool Reference(ReadOnlySpan<char> text, PageUrl? @base, out int pathAt)
    {
        pathAt = 0;
        var colon = SchemeLength(text);
        if (colon > 0)
        {
            var secure = text[..colon].Equals("https", StringComparison.OrdinalIgnoreCase);
            if (!secure && !text[..colon].Equals("http", StringComparison.OrdinalIgnoreCase))
                return false;
            text = text[(colon + 1)..];
            if (@base is null || @base.IsSecure != secure || StartsAuthority(text))
                return Absolute(secure, text.TrimStart("/\\"), out pathAt);
        }
        if (@base is null)
            return false;
        return StartsAuthority(text) ? Absolute(@base.IsSecure, text.TrimStart("/\\"), out pathAt) : Relative(text, @base, out pathAt);
    }

    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
            return 0;
        var length = 1;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '+' or '-' or '.'))
            length++;
        return length < text.Length && text[length] == ':' ? length : 0;
    }

    private static bool StartsAuthority(ReadOnlySpan<char> text) => text.Length > 1 && text[0] is '/' or '\\' && text[1] is '/' or '\\';

    private bool Absolute(bool secure, ReadOnlySpan<char> text, out int pathAt)
    {
        pathAt = 0;
        var end = text.IndexOfAny(EndsSegment);
        var authority = end < 0 ? text : text[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = authority.LastIndexOf(':');
        var host = colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
        if (!TryPort(authority[host.Length..].TrimStart(':'), secure, out var port) || UrlHost.Canonical(host) is not { } name)
            return false;

        Add(secure ? "https://" : "http://");
        Add(name);
        if (port != (secure ? 443 : 80))
        {
            Add(":");
            Add(port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        pathAt = _length;
        Add("/");
        var rest = end < 0 ? default : text[end..];
        PathAndQuery(rest.Length > 0 && rest[0] is '/' or '\\' ? rest[1..] : rest, pathAt);
        return true;
    }

    private static bool TryPort(ReadOnlySpan<char> digits, bool secure, out int port)
    {
        port = secure ? 443 : 80;
        return digits.IsEmpty || (digits.IndexOfAnyExceptInRange('0', '9') < 0 && int.TryParse(digits, out port) && port <= ushort.MaxValue);
    }

    private bool Relative(ReadOnlySpan<char> text, PageUrl @base, out int pathAt)
    {
        pathAt = @base.PathAt;
        var known = @base.Text.AsSpan();
        if (text.IsEmpty || text[0] == '#')
        {
            Add(known);
            return true;
        }
        var query = known.IndexOf('?');
        var path = query < 0 ? known : known[..query];
        if (text[0] == '?')
            Add(path);
        else if (text[0] is '/' or '\\')
            Add(path[..(pathAt + 1)]);
        else
            Add(path[..(path.LastIndexOf('/') + 1)]);
        PathAndQuery(text[0] is '/' or '\\' ? text[1..] : text, pathAt);
        return true;
    }

    // What is written so far ends with the slash before the first segment, or with a whole path when only a query follows.
    private void PathAndQuery(ReadOnlySpan<char> text, int pathAt)
    {
        while (true)
        {
            var end = text.IndexOfAny(EndsSegment);
            var segment = end < 0 ? text : text[..end];
            var more = end >= 0 && text[end] is '/' or '\\';
            if (Dots(segment) == 2)
            {
                var parent = _text[pathAt..Math.Max(pathAt, _length - 1)].LastIndexOf('/');
                _length = pathAt + Math.Max(parent, 0) + 1;
            }
            else if (Dots(segment) == 0)
            {
                AddEscaped(segment, PlainInPath);
                if (more)
                    Add("/");
            }
            if (more)
            {
                text = text[(end + 1)..];
                continue;
            }
            if (end >= 0 && text[end] == '?')
                Query(text[(end + 1)..]);
            return;
        }
    }

    private static int Dots(ReadOnlySpan<char> segment) => segment.Length switch
    {
        0 or > 6 => 0,
        _ when segment[0] is not ('.' or '%') => 0,
        _ when segment is "." || segment.Equals("%2e", StringComparison.OrdinalIgnoreCase) => 1,
        _ when segment is ".." || segment.Equals(".%2e", StringComparison.OrdinalIgnoreCase) || segment.Equals("%2e.", StringComparison.OrdinalIgnoreCase)
            || segment.Equals("%2e%2e", StringComparison.OrdinalIgnoreCase) => 2,
        _ => 0,
    };

    private void Query(ReadOnlySpan<char> text)
    {
        var fragment = text.IndexOf('#');
        if (fragment >= 0)
            text = text[..fragment];
        var kept = 0;
        var dropped = 0;
        var tracking = TrackingParameters.InForce;
        foreach (var range in text.Split('&'))
        {
            var parameter = text[range];
            var equals = parameter.IndexOf('=');
            var name = equals < 0 ? parameter : parameter[..equals];
            if (tracking.Drops(name))
            {
                dropped++;
                continue;
            }
            Add(kept++ == 0 ? "?" : "&");
            AddEscaped(parameter, PlainInQuery);
        }
        if (kept == 0 && dropped == 0)
            Add("?");
    }

    private void Add(scoped ReadOnlySpan<char> part)
    {
        if (_tooLong |= part.Length > Longest - _length)
            return;
        part.CopyTo(_text[_length..]);
        _length += part.Length;
    }

    private void AddEscaped(ReadOnlySpan<char> part, SearchValues<char> plain)
    {
        Span<byte> bytes = stackalloc byte[4];
        Span<char> escape = stackalloc char[3];
        while (!_tooLong)
        {
            var odd = part.IndexOfAnyExcept(plain);
            if (odd < 0)
            {
                Add(part);
                return;
            }
            Add(part[..odd]);
            Rune.DecodeFromUtf16(part[odd..], out var rune, out var taken);
            foreach (var octet in bytes[..rune.EncodeToUtf8(bytes)])
            {
                escape[0] = '%';
                octet.TryFormat(escape[1..], out _, "X2");
                Add(escape);
            }
            part = part[(odd + taken)..];
        }
    }

    private static SearchValues<char> Visible(string except) =>
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Where(c => !except.Contains(c))]);
}
