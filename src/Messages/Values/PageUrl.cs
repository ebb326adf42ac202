using System.Diagnostics.CodeAnalysis;

namespace Amble.Messages;

/// <summary>A canonical absolute http or https URL without fragment: two URLs are one page exactly when their texts are equal.</summary>
public sealed record PageUrl
{
    private PageUrl(string text, Uri uri)
    {
        Text = text;
        Scheme = uri.Scheme;
        Host = uri.IdnHost;
        Port = uri.Port;
        PathAndQuery = uri.PathAndQuery;
    }

    /// <summary>The canonical text.</summary>
    public string Text { get; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme { get; }

    /// <summary>Canonical host: lower case, IDNA in ASCII.</summary>
    public string Host { get; }

    /// <summary>The port, also where it is the scheme's default.</summary>
    public int Port { get; }

    /// <summary>What a request line carries; what robots rules are matched against (RFC 9309 section 2.2.2).</summary>
    public string PathAndQuery { get; }

    /// <summary>Scheme, host and port: the unit of robots rules (RFC 6454).</summary>
    public string Origin => Port == (Scheme == "https" ? 443 : 80) ? $"{Scheme}://{Host}" : $"{Scheme}://{Host}:{Port}";

    /// <summary>Who is asked for it: the unit of pace.</summary>
    public DomainName Domain => DomainName.Of(Host, Port);

    /// <summary>This origin's robots.txt.</summary>
    public PageUrl Robots => FromStored(Origin + "/robots.txt");

    /// <summary>Reads an absolute URL; <paramref name="problem"/> says in one sentence what is wrong and what is allowed.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PageUrl? url, [NotNullWhen(false)] out string? problem)
    {
        url = null;
        problem = null;
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            problem = $"'{text}' is not a URL that can be crawled; allowed is http://HOST/PATH or https://HOST/PATH.";
            return false;
        }
        url = Canonical(uri);
        return true;
    }

    /// <summary>Resolves a reference found on this page (RFC 3986 section 5); null when it leads to nothing that can be crawled.</summary>
    public static PageUrl? Resolve(Uri @base, string reference) =>
        Uri.TryCreate(@base, reference.Trim(), out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? Canonical(uri) : null;

    /// <summary>Reads back what <see cref="Text"/> gave, without looking at it again.</summary>
    public static PageUrl FromStored(string text) => new(text, new Uri(text, UriKind.Absolute));

    public bool Equals(PageUrl? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static PageUrl Canonical(Uri uri)
    {
        var authority = uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}";
        return FromStored($"{uri.Scheme}://{authority}{uri.PathAndQuery}");
    }
}
