using System.Text.Json;
using System.Text.RegularExpressions;
using Amble.Actors.Specs.Corpora;
using Amble.Messages;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Messages;

public partial class PageUrlCorpusSpecs(ITestOutputHelper output)
{
    [Fact]
    public void Web_platform_tests_are_answered_alike()
    {
        if (Corpus.Find("wpt-url/urltestdata.json", output) is not { } file)
            return;
        var all = Cases(file).ToArray();
        Assert.Equal(891, all.Length);
        Assert.Equal(267, all.Count(c => c.TryGetProperty("failure", out _)));
        AreAlikeBut(DiffersOnPurpose.WebPlatform, all.Select(c => (Text(c, "input")!, Expected(c), Answer(c))));
    }

    [Fact]
    public void Host_names_of_other_alphabets_are_answered_alike()
    {
        if (Corpus.Find("wpt-url/toascii.json", output) is not { } file)
            return;
        var all = Cases(file).ToArray();
        Assert.Equal(87, all.Length);
        AreAlikeBut(DiffersOnPurpose.OtherAlphabets, all.Select(c => (Text(c, "input")!, Text(c, "output"), Host(Text(c, "input")!))));
    }

    [Fact]
    public void Weird_URLs_of_crawler_commons_are_answered_alike()
    {
        if (Corpus.Find("crawler-commons/normalizer/weirdToNormalizedUrls.csv", output) is not { } file)
            return;
        var all = Lines(file).Select(line => (Comma: line.LastIndexOf(','), Line: line)).Select(c => (Unquoted(c.Line[..c.Comma]), c.Line[(c.Comma + 1)..].Trim())).ToArray();
        Assert.Equal(112, all.Length);
        AreAlikeBut(DiffersOnPurpose.Normalised, all.Select(c => (c.Item1, (string?)c.Item2, Canonical(c.Item1))));
    }

    [Fact]
    public void Invalid_URLs_of_crawler_commons_are_refused()
    {
        if (Corpus.Find("crawler-commons/normalizer/invalidUrls.csv", output) is not { } file)
            return;
        var all = Lines(file).ToArray();
        Assert.Equal(2, all.Length);
        Assert.All(all, url => Assert.Null(Canonical(url)));
    }

    private static void AreAlikeBut(IReadOnlyDictionary<string, string[]> reasons, IEnumerable<(string Input, string? Expected, string? Answer)> cases)
    {
        var listed = reasons.Values.SelectMany(inputs => inputs).ToHashSet();
        var differing = cases.Where(c => c.Expected != c.Answer).ToArray();
        Assert.Empty(differing.Where(c => !listed.Contains(c.Input)).Select(c => $"{c.Input}: {c.Answer ?? "refused"} instead of {c.Expected ?? "refused"}"));
        Assert.Empty(listed.Except(differing.Select(c => c.Input)));
    }

    private static IEnumerable<string> Lines(string file) => File.ReadAllLines(file).Where(line => line.Length > 0 && line[0] != '#');

    private static string Unquoted(string field) => field.StartsWith('"') ? field[1..^1].Replace("\"\"", "\"") : field;

    private static string? Canonical(string written) => PageUrl.TryParse(written, out var url, out _) ? url.Text : null;

    private static IEnumerable<JsonElement> Cases(string file) =>
        JsonDocument.Parse(LoneSurrogate().Replace(File.ReadAllText(file), @"\ufffd")).RootElement.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object);

    private static string? Host(string written) => PageUrl.TryParse($"https://{written}/x", out var url, out _) ? url.Host : null;

    private static string? Answer(JsonElement c)
    {
        PageUrl? url;
        if (Text(c, "base") is { } at && PageUrl.TryParse(at, out var page, out _))
            url = page.Resolve(Text(c, "input"));
        else
            _ = PageUrl.TryParse(Text(c, "input"), out url, out _);
        return url?.Text;
    }

    // What is left away: other schemes, user info and fragment.
    private static string? Expected(JsonElement c)
    {
        if (Text(c, "href") is not { } href || !(href.StartsWith("http:", StringComparison.Ordinal) || href.StartsWith("https:", StringComparison.Ordinal)))
            return null;
        return $"{Text(c, "protocol")}//{Text(c, "host")}{Text(c, "pathname")}{(href.Split('#')[0].EndsWith('?') ? "?" : Text(c, "search"))}";
    }

    private static string? Text(JsonElement c, string name) => c.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}")]
    private static partial Regex LoneSurrogate();
}
