namespace Amble.Host.Specs.Cards;

/// <summary>Two hundred titles: what people write in many scripts (titles.txt), and what nobody should write.</summary>
internal static class HostileTitles
{
    public static IReadOnlyList<string> Written { get; } = [.. Lines()];

    public static IReadOnlyList<string> Made { get; } =
    [
        "", " ", "\t\r\n", "\0", "a\0b\0c", "\u202Eevil\u202C", "Invoice \u202Egnp.exe", "\u2066\u2067\u2068x\u2069", "\u200E\u200F\u061C mixed", "\u202Aa\u202Bb\u202Dc",
        "שלום \u202D hello \u202C عالم", "abc אבג 123 دول (x) [y] 50%", "؟!.,;:", "((((((((((", ")))]]]}}}", "…………………………", "———", "\"'`<>&\\/|",
        "<script>alert(1)</script>", "{{7*7}} ${x} %s %n", "'; DROP TABLE visits; --", "&lt;&#x202E;&amp;",
        "Z\u0321\u0324\u0353\u0333\u0301\u0302\u0303\u0304a\u0305\u0306\u0307l\u0308\u0309g\u030A\u030Bo\u030C", "\u0301\u0302\u0303", "e" + new string('\u0301', 300),
        "\uD800", "\uDC00\uD800", "a\uD83D", "\uFFFF\uFFFE", "\uE000\uF8FF", "\u00AD\u200B\u2060\uFEFF", "\u200D\u200D\u200D", "\uFE0F\uFE0F", "\u200D👨\u200D", "🇨", "👨‍", "x\u20E3",
        new('W', 300), new('i', 300), new('漢', 300), new('ي', 300), new('א', 300), string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 100)), string.Concat(Enumerable.Repeat("क्ष्म्य", 60)),
        string.Concat(Enumerable.Repeat("กี่", 100)), string.Concat(Enumerable.Repeat("word ", 200)), string.Concat(Enumerable.Repeat("가나다라 ", 80)),
        "https://example.org/" + string.Concat(Enumerable.Repeat("a-very-long-segment/", 14)), "https://example.org/?" + string.Concat(Enumerable.Repeat("key=value&", 28)),
        "https://example.org/" + new string('a', 280), "https://example.org/%E4%BE%8B%E5%AD%90/" + string.Concat(Enumerable.Repeat("%E4%BE%8B", 28)),
    ];

    public static IEnumerable<string> All => Written.Concat(Made);

    private static IEnumerable<string> Lines()
    {
        using var text = new StreamReader(typeof(HostileTitles).Assembly.GetManifestResourceStream("Amble.titles.txt")!);
        while (text.ReadLine() is { } line) yield return line;
    }
}
