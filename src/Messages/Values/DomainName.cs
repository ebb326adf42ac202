using System.Diagnostics.CodeAnalysis;

namespace Amble.Messages;

/// <summary>
/// The unit of politeness and the shard key: a canonical lower-case host, with its port only where that is neither 80 nor 443
/// (DESIGN.md section 2). Never domain-driven design.
/// </summary>
public sealed record DomainName
{
    private DomainName(string value) => Value = value;

    /// <summary><c>example.org</c> or <c>example.org:8080</c>.</summary>
    public string Value { get; }

    /// <summary>The domain of a canonical host and port. A dot at the host's end makes another URL, never another machine to be asked at a pace of its own.</summary>
    public static DomainName Of(string host, int port)
    {
        var name = host.TrimEnd('.');
        return new(port is 80 or 443 ? name : $"{name}:{port}");
    }

    /// <summary>Reads HOST or HOST:PORT as people write it: in any case, in any alphabet, with a port that goes without saying.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out DomainName? domain)
    {
        domain = PageUrl.TryParse($"http://{text}/", out var url, out _) && url.PathAndQuery == "/" && !text.Contains('@') ? url.Domain : null;
        return domain is not null;
    }

    /// <summary>Reads back what <see cref="Value"/> gave; any other text is a programming error.</summary>
    public static DomainName FromStored(string value) =>
        value.Length > 0 ? new(value) : throw new ArgumentException("A stored domain name is never empty.", nameof(value));

    public override string ToString() => Value;
}
