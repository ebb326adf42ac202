using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Amble.Host.Specs;

/// <summary>
/// What strangers write into titles, link texts, headers and URLs to become more than words: each door that shows them has to show words.
/// </summary>
internal static class Hostile
{
    /// <summary>Stands in every one of <see cref="Words"/>, so that a test can see that it was shown at all.</summary>
    public const string Mark = "hostile";

    private const string Escape = "\u001B";

    private static readonly HashSet<string> _ours =
    [
        "html", "head", "meta", "title", "link", "body", "header", "main", "nav", "footer", "section", "article", "aside", "h1", "h2", "h3", "h4", "p", "a", "ul", "ol", "li", "dl", "dt", "dd", "div",
        "span", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary", "q", "code", "pre", "kbd", "strong", "em", "b", "small", "time", "progress", "meter", "form", "label",
        "input", "select", "option", "button", "fieldset", "legend", "figure", "figcaption", "svg", "g", "rect", "path", "line", "circle", "text", "tspan", "desc", "defs", "pattern", "br", "hr", "wbr", "noscript", "output",
    ];

    /// <summary>Titles, link texts, reasons, header values.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        // Markup, and the ends of what it may stand in.
        "<script>alert('hostile')</script>", "\"><img src=x onerror=alert('hostile')>", "' onmouseover='alert(\"hostile\")", "</title></td></table><h1>hostile",
        "hostile --> <!-- hostile", "hostile ]]> <![CDATA[ hostile", "<!DOCTYPE hostile [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;", "&lt;hostile&amp;#60;&#x3C;",
        "javascript:alert('hostile')", "{{hostile}}${hostile}<%= hostile %>",
        // Formulas, for whoever opens a table of them.
        "=HYPERLINK(\"http://evil.test/?hostile\",\"hostile\")", "+hostile|'/C calc'!A0", "-2+3+hostile", "@SUM(hostile)", "\t=hostile", "\r=hostile", "\uFF1Dhostile",
        // Lines and cells that are none.
        "hostile\r\nSet-Cookie: a=b", "hostile\n\namble: all is well", "hostile\",\"0\",\"\nhostile", "hostile\u2028hostile\u2029hostile\u0085hostile", "hostile;1,2\t3",
        // What a terminal obeys.
        $"{Escape}[2J{Escape}[31mhostile{Escape}[0m", $"{Escape}]0;hostile\u0007", $"{Escape}]8;;http://evil.test/{Escape}\\hostile{Escape}]8;;{Escape}\\", "\u009B31mhostile", "hostile\b\b\b\b\b\b\b",
        "\u0000hostile\u0000\u0001\u007F", "\u000C\u000Bhostile",
        // What turns or hides what stands beside it.
        "\u202Ehostile\u202C", "\u2066\u2067hostile\u2069", "hostile\u200F\u061C\u200E", "host\u00ADile hostile", "\uFEFFhostile\u2060", "hostile\U000E0068\U000E0069\U000E007F",
        // Half a character, and characters of many parts, which stay whole.
        "\uD800hostile", "hostile\uDC00\uD800", "hostile \U0001F469\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 \U0001F1E9\U0001F1EA", "hostile " + new string('\u0301', 40),
        "\u05E9\u05DC\u05D5\u05DD hostile \u0645\u0631\u062D\u0628\u0627", new string('x', 3_000) + " hostile",
    ];

    /// <summary>Canonical URLs, as a page can make us find them.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        "/hostile'onmouseover='alert(1)", "/hostile/=cmd|'!A0", "/hostile?a=1&lt=2&amp;=3&quot;", "/hostile?=HYPERLINK(1)", "/hostile/;@+-(){}[]", "/hostile/%3Cscript%3E%0D%0A%00%1B%E2%80%AE",
        "/hostile/javascript:alert(1)//", "/hostile/http://evil.test/", "/hostile/" + new string('y', 2_000 - "/hostile/".Length),
    ];

    /// <summary>No character that a terminal obeys or that turns text around, and nothing that is half.</summary>
    public static void AssertPlain(string shown)
    {
        Assert.Empty(shown.EnumerateRunes().Where(IsCommand).Select(rune => $"U+{rune.Value:X4}").Distinct());
        Assert.True(shown == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(shown)), "Half a character was left.");
    }

    /// <summary>A page of ours in which strangers' words are words: no element, attribute or address of theirs.</summary>
    /// <param name="scripts">Addresses of our own scripts.</param>
    public static IDocument AssertOurPage(string html, params string[] scripts)
    {
        AssertPlain(html);
        var page = new HtmlParser().ParseDocument(html);
        AssertPlain(page.DocumentElement.TextContent);
        foreach (var element in page.All)
        {
            Assert.True(_ours.Contains(element.LocalName) || IsOurs(element, scripts), $"<{element.LocalName}> is none of ours.");
            Assert.All(element.Attributes, attribute => Assert.False(attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name is "style" or "srcdoc", attribute.Name));
            Assert.All(new[] { "href", "src", "action" }.Select(element.GetAttribute).OfType<string>(), address => Assert.Matches("^(/|#|[?]|https?://)", address));
        }
        return page;
    }

    private static bool IsCommand(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => rune.Value is not ('\n' or '\t'),
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => false,
    };

    private static bool IsOurs(IElement element, string[] scripts) =>
        element.LocalName == "script" && element.TextContent.Length == 0 && element.GetAttribute("src") is { } source && scripts.Contains(source.Split('?')[0]);
}
