namespace Amble.Actors.Specs.Messages;

/// <summary>
/// Cases of others that are answered otherwise, by the reason. A test that uses a list fails when a case is missing in it, and when one
/// stands there that is answered alike.
/// </summary>
internal static class DiffersOnPurpose
{
    private const string NoSuchNameInDns = "a host must be a name that DNS can hold: labels of 1 to 63 characters, 253 in all, letters, digits, '-', '_'";
    private const string NoUnicodeTables = "the build carries no Unicode tables, so marks are not composed and compatibility forms not resolved; nobody registers such names";

    private static readonly string _fifty = string.Concat(Enumerable.Repeat("0123456789", 5));
    private static readonly string _longName = $"{_fifty}.{_fifty}.{_fifty}.{_fifty}.{_fifty[..^1]}";
    private static readonly string _longLabel = $"x{_fifty}012345678901x";

    public static IReadOnlyDictionary<string, string[]> WebPlatform { get; } = new Dictionary<string, string[]>
    {
        [NoSuchNameInDns] = ["http://./", "http://../", "http://foo.09..", "http://!\"$&'()*+,-.;=_`{}~/"],
    };

    public static IReadOnlyDictionary<string, string[]> OtherAlphabets { get; } = new Dictionary<string, string[]>
    {
        [NoSuchNameInDns] =
        [
            "x..xn--zca", "x..\u00df", "xn--ls8h=", _longLabel, $"{_longLabel[..^1]}\u2020", $"{_longLabel}.xn--zca", $"{_longLabel}.\u00df",
            $"{_longName}.x", $"{_longName}.xn--zca", $"{_longName}.\u00df",
        ],
        [NoUnicodeTables] =
        [
            "=\u0338", "<\u0338", ">\u0338", "=\u00ad\u0338", "<\u00ad\u0338", ">\u00ad\u0338", "www\u2025lookout.net", "www.lookout.net\u2a7480",
            "look\u0341out.net", "\U0002f868.com", "\u09dc.com", "foo\u0300.bar.com",
        ],
        ["what is Punycode already is not decoded to be judged; the lookup will fail"] = ["xn--a.\u00df"],
    };

    /// <summary>Input lines of crawler-commons; it normalises for a search index, we identify as browsers do.</summary>
    public static IReadOnlyDictionary<string, string[]> Normalised { get; } = new Dictionary<string, string[]>
    {
        ["escapes stay as they are written, as in browsers: a server may tell %66 from f"] =
        [
            "http://foo.com/%66oo.html", "http://foo.com/%66oo.htm%6c", "http://foo.com/%66oo.ht%6dl", "http://foo.com/%66oo.ht%6d%6c",
            "http://foo.com/%66oo.htm%C0", "http://foo.com/%66oo.htm%1A", "http://foo.com/%66oo.htm%c0", "https://www.example.com/search/%2a/",
            "https://www.example.com/topic/9%2f11/", "http://foo.com/fast/dir%2fcz", "http://x.com/./a/../%66.html", "http://x.com/foo%c2%80",
        ],
        ["a per cent sign alone is sent as it is, as by browsers"] =
        [
            "https://www.last.fm/music/Prefuse+73/_/90%+of+My+Mind+Is+With+You", "http://www.example.com/a/c/../b/search?q=foobar%",
            "http://www.example.com/p%zz%77%v", "http://www.example.com/search?q=foobar%", "http://www.example.com/search?q=foobar%2",
        ],
        ["browsers do not escape these in a query"] =
        [
            "http://x.com/?x[y]=1", "http://www.example.com/a/c/../b/search?q=foobar^", "http://www.example.com/a/c/../b/search?q=foobar`",
            "http://www.example.com/a/c/../b/search?q=foobar|",
        ],
        ["an empty segment is a segment"] =
        [
            "http://foo.com//aa/bb/foo.html", "http://foo.com/aa//bb/foo.html", "http://foo.com/aa/bb//foo.html", "http://foo.com//aa//bb//foo.html",
            "http://foo.com////aa////bb//foo.html", "http://foo.com////aa////bb////foo.html",
        ],
        ["a query is kept, its order and its empty parts too; that orders of the same parameters are one is a matter of budgets (TrapRule)"] =
        [
            "http://example.com?", "http://example.com/?", "http://example.com/?b=1&a=1", "http://foo.com/foo.html?b=1&a=1", "http://foo.com/index?b=2&a=1",
            "http://foo.com/index?b=2&a=1#c", "http://foo.com/index?a=1&b=", "http://foo.com/index?b&a=1", "http://foo.com/index?b=&a=1",
            "http://foo.com/index?b=1&a=1&", "http://foo.com/index?&b=1&a=1", "http://foo.com/index?&=1&a=1", "http://foo.com/index?=1&b=1&a=1",
        ],
        ["only http and https are crawled, and only with a host"] =
        [
            "file:///foo/bar.txt", "ftp:/", "http:////", "http:///////", "foo.com/index.html", "ftp://foo.com/index.html", "file:/path/index.html",
            "file:/var/www/html/////./bar/index.html", "file:/var/www/html/foo/../bar/index.html",
        ],
        ["browsers keep the dot at a host's end; the pace is the same with and without it (DomainName)"] = ["https://www.example.org./"],
    };
}
