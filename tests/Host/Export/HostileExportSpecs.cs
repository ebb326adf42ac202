using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amble.App.Export;
using Amble.App.Http;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

/// <summary>Whatever a stranger writes into a title, a link or a header is shown as text by every format, and moves nothing.</summary>
public sealed class HostileExportSpecs
{
    public static TheoryData<string> Texts { get; } =
    [
        "=HYPERLINK(\"http://evil.test\")", "\"quoted\" 'and' `ticked`", "a\r\nb\nc\td", "a\0b", "\u202Egnp.exe\u202C \u2066x\u2069", "\e[31mred\e[0m\e]0;owned\a",
        "\ud800 half", "half \udc00", "]]>", "<![CDATA[x]]>", "</script><script>alert(1)</script>", "</testcase><testcase name=\"x\">", "&amp;&#0;&lt;", "\ufffe\uffff\ufdd0",
        "\u0085\u2028\u2029", "\u200B\uFEFFhidden", "[click](https://evil.test)", "{0} {{1}}", "{\"a\": 1}", "\\\\\" \\u0000", "%00%0A", "😀👩‍👩‍👧 नमस्ते می‌خواهم", new('x', 5_000),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Every_format_stays_what_it_is(string text)
    {
        var input = Job(text).Input();

        var json = await Exported.TextAsync(ExportFormat.Json, input);
        var clean = ExportText.Clean(text);
        var page = JsonNode.Parse(json)!["jobs"]![0]!["pages"]![0]!;
        Assert.Equal((clean, clean, clean), ((string)page["title"]!, (string)page["contentType"]!, (string)page["canonical"]!));
        Assert.Equal(clean, (string)JsonNode.Parse(json)!["jobs"]![0]!["findings"]!["broken"]![0]!["sources"]![0]!["anchor"]!);
        Assert.DoesNotContain('<', json);

        var row = (await Exported.CsvAsync(input))[0];
        Assert.Equal(clean, row["title"].TrimStart('\''), ignoreLineEndingDifferences: false);

        var failure = (await Exported.JunitAsync(input)).Descendants("failure").Single();
        Assert.Contains(clean.Length > 0 ? $"linked from https://example.org/ as \"{clean}\"\n" : "linked from https://example.org/\n", failure.Value, StringComparison.Ordinal);

        var sarif = await Exported.SarifAsync(input);
        Assert.Equal(clean, (string)sarif["runs"]![0]!["results"]![0]!["properties"]!["anchor"]!);

        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            AssertHarmless(await Exported.TextAsync(format, input));
        }
    }

    [Fact]
    public async Task A_URL_of_300_characters_is_told_whole()
    {
        var url = "https://example.org/" + string.Concat(Enumerable.Repeat("%F0%9F%98%80", 23)) + "?" + new string('q', 20);
        Assert.True(url.Length > 300);
        var input = new ScriptedSource().Broken(url, (url + "&from", "x")).Input();

        Assert.Equal(url, (await Exported.CsvAsync(input))[0]["url"]);
        Assert.Equal(url, (string)(await Exported.JsonAsync(input))["jobs"]![0]!["pages"]![0]!["url"]!);
        Assert.Equal(url, (await Exported.JunitAsync(input)).Descendants("testcase").Single().Attribute("name")!.Value);
        Assert.Equal(url, (string)(await Exported.SarifAsync(input))["runs"]![0]!["results"]![0]!["properties"]!["target"]!);
    }

    [Fact]
    public async Task What_is_not_a_page_is_clean_as_well()
    {
        const string text = "\u202E\e[31m</script>\0";
        var source = Job("x");
        source.Findings = new JobFindings([], [], [new Exclusion("robots.txt", 1, [text])], new SitemapFindings(1, 1, 0, [new SitemapProblem(text, text)]));

        AssertHarmless(await Exported.TextAsync(ExportFormat.Json, source.Input()));
        AssertHarmless(await Exported.TextAsync(ExportFormat.Sarif, new ExportInput(source, [source.Job(1, "failed") with { Reason = text }], null, null)));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_clean_text_stays_clean(string text) => Assert.Equal(ExportText.Clean(text), ExportText.Clean(ExportText.Clean(text)));

    private static ScriptedSource Job(string text) => new ScriptedSource()
        .Page("https://example.org/", like: visit => visit with
        { Title = text, Description = text, Heading = text, ContentType = text, Canonical = text, Error = text })
        .Page("https://example.org/slow", StatusClass.Unknown, null, visit => visit with { Error = text })
        .Broken("https://example.org/gone", ("https://example.org/", text));

    /// <summary>Neither the text itself nor, in JSON, what its escapes stand for moves anything.</summary>
    private static void AssertHarmless(string text)
    {
        foreach (var rune in (text.StartsWith('{') ? text + string.Concat(Strings(JsonNode.Parse(text))) : text).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var harmful = category == UnicodeCategory.Control && rune.Value is not ('\n' or '\r') || category == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D);
            Assert.False(harmful, $"U+{rune.Value:X4} is in the export.");
        }
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Strings(field.Value).Prepend(field.Key)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };
}
