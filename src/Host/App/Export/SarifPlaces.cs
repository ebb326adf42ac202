using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Amble.App.Export;

/// <summary>
/// Where the results of a run are: a path below the root of its host, each host a base of its own (SARIF 2.1.0 section 3.4.4). Resolved, it is
/// the page's URL; a whole URL would do as well by the standard, but GitHub then refuses the file ("scheme https did not match").
/// </summary>
internal sealed class SarifPlaces
{
    // RFC 3986: what may stand in a path or query as it is. URLs by WHATWG may hold more.
    private const string Allowed = "-._~!$&'()*+,;=:@/?";

    private readonly Dictionary<string, string> _bases = new(StringComparer.Ordinal);

    public void WritePlace(Utf8JsonWriter json, string url)
    {
        var path = url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2);
        var root = path < 0 ? url : url[..path];
        if (!_bases.TryGetValue(root, out var name))
        {
            name = _bases.Count == 0 ? "SITE" : $"SITE{_bases.Count + 1}";
            _bases.Add(root, name);
        }
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Relative(path < 0 ? "" : url[(path + 1)..]));
        json.WriteString("uriBaseId", name);
        json.WriteEndObject();
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("originalUriBaseIds");
        foreach (var (root, name) in _bases)
        {
            json.WriteStartObject(name);
            json.WriteString("uri", root + "/");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>The root itself, a second slash and what looks like a scheme need the dot (RFC 3986 section 4.2).</summary>
    private static string Relative(string path)
    {
        var first = path.AsSpan(0, path.AsSpan().IndexOfAny('/', '?') is >= 0 and var end ? end : path.Length);
        return (first.IsEmpty || first.Contains(':') ? "./" : "") + Escaped(path);
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var octets = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < octets.Length; i++)
        {
            var isTriplet = i + 2 < octets.Length && char.IsAsciiHexDigit((char)octets[i + 1]) && char.IsAsciiHexDigit((char)octets[i + 2]);
            var stays = octets[i] == '%' ? isTriplet : char.IsAsciiLetterOrDigit((char)octets[i]) || Allowed.Contains((char)octets[i]);
            escaped.Append(stays ? ((char)octets[i]).ToString() : string.Create(CultureInfo.InvariantCulture, $"%{octets[i]:X2}"));
        }
        return escaped.ToString();
    }
}
