using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Amble.Messages;

/// <summary>
/// A canonical absolute http or https URL without fragment: two URLs are one page exactly when their texts are equal. Canonical is what the
/// WHATWG URL standard serialises, without user info, fragment and tracking parameters; at most 2,083 characters.
/// </summary>
public sealed record PageUrl
{
    /// <summary>Longer ones are refused: beyond this, servers and stores differ in what they take.</summary>
    public const int LongestText = UrlReader.Longest;

    // A crawl makes tens of thousands a second, most of them to be compared and dropped: everything but the text is cut out on demand.
    private readonly int _pathAt;
    private string? _host;

    private PageUrl(string text, int pathAt, string? host = null)
    {
        Text = text;
        _pathAt = pathAt;
        _host = host;
    }

    /// <summary>The canonical text.</summary>
    public string Text { get; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme => IsSecure ? "https" : "http";

    /// <summary>Canonical host: lower case, IDNA in ASCII; IPv6 in brackets.</summary>
    public string Host => _host ??= Authority[..HostLength].ToString();

    /// <summary>The port, also where it is the scheme's default.</summary>
    public int Port => HostLength == Authority.Length
        ? IsSecure ? 443 : 80
        : int.Parse(Authority[(HostLength + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>What a request line carries; what robots rules are matched against (RFC 9309 section 2.2.2).</summary>
    public string PathAndQuery => Text[_pathAt..];

    /// <summary>Scheme, host and port: the unit of robots rules (RFC 6454).</summary>
    public string Origin => Text[.._pathAt];

    /// <summary>Who is asked for it: the unit of pace.</summary>
    public DomainName Domain => DomainName.Of(Host, Port);

    /// <summary>This origin's robots.txt.</summary>
    public PageUrl Robots => new(Origin + "/robots.txt", _pathAt, _host);

    internal int PathAt => _pathAt;

    internal bool IsSecure => Text[4] == 's';

    private ReadOnlySpan<char> Authority => Text.AsSpan(IsSecure ? 8 : 7, _pathAt - (IsSecure ? 8 : 7));

    private int HostLength
    {
        get
        {
            var authority = Authority;
            var colon = authority.LastIndexOf(':');
            return colon > authority.LastIndexOf(']') ? colon : authority.Length;
        }
    }

    /// <summary>Reads an absolute URL; <paramref name="problem"/> says in one sentence what is wrong and what is allowed.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PageUrl? url, [NotNullWhen(false)] out string? problem)
    {
        var trouble = UrlReader.Read(text, null, out var canonical, out var pathAt);
        url = canonical is null ? null : new PageUrl(canonical, pathAt);
        problem = trouble switch
        {
            UrlTrouble.None => null,
            UrlTrouble.TooLong => $"A URL of {text?.Length.ToString("N0", CultureInfo.InvariantCulture)} characters is too long to be crawled; allowed are {LongestText:N0}.",
            _ => $"'{text}' is not a URL that can be crawled; allowed is http://HOST/PATH or https://HOST/PATH.",
        };
        return url is not null;
    }

    /// <summary>Resolves a reference found on this page (RFC 3986 section 5); null when it leads to nothing that can be crawled.</summary>
    public static PageUrl? Resolve(Uri @base, string reference) =>
        TryParse(@base.AbsoluteUri, out var page, out _) ? page.Resolve(reference) : TryParse(reference, out var absolute, out _) ? absolute : null;

    /// <summary>Resolves a reference found on this page (WHATWG URL section 4.4); null when it leads to nothing that can be crawled.</summary>
    public PageUrl? Resolve(ReadOnlySpan<char> reference)
    {
        UrlReader.Read(reference, this, out var canonical, out var pathAt);
        if (canonical is null)
            return null;
        var sameOrigin = pathAt == _pathAt && canonical.AsSpan(0, pathAt).SequenceEqual(Text.AsSpan(0, pathAt));
        return new PageUrl(canonical, pathAt, sameOrigin ? Host : null);
    }

    /// <summary>Reads back what <see cref="Text"/> gave, without looking at it again; any other text is a programming error.</summary>
    public static PageUrl FromStored(string text)
    {
        if (!text.StartsWith("http", StringComparison.Ordinal) || text.Length < 9)
            throw new ArgumentException($"'{text}' is not the text of a page URL.", nameof(text));
        var path = text.IndexOf('/', text[4] == 's' ? 8 : 7);
        return new PageUrl(text, path < 0 ? text.Length : path);
    }

    public bool Equals(PageUrl? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
