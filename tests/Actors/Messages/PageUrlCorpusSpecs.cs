using System.Text.Json;
using Amble.Actors.Specs.Corpora;
using Amble.Messages;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Messages;

public class PageUrlCorpusSpecs(ITestOutputHelper output)
{
    // Hosts that browsers take and DNS cannot hold.
    private static readonly string[] Stricter = ["http://./", "http://../", "http://foo.09..", "http://!\"$&'()*+,-.;=_`{}~/"];

    [Fact]
    public void Web_platform_tests_are_answered_alike_but_for_names_that_DNS_cannot_hold()
    {
        if (Corpus.Find("wpt-url/urltestdata.json", output) is not { } file)
            return;
        var all = JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object).ToArray();
        Assert.Equal(891, all.Length);
        var ours = all.Where(c => Text(c, "base") is null or ['h', 't', 't', 'p', ..]).Where(c => !HasLoneSurrogate(c)).ToArray();
        output.WriteLine($"{ours.Length} of {all.Length} cases have no base or an http one.");
        Assert.InRange(ours.Length, 700, 891);

        var wrong = ours.Where(c => !Stricter.Contains(Text(c, "input")) && Answer(c) != Expected(c)).Select(c => $"{c}: {Answer(c)}");
        Assert.Empty(wrong);
    }

    private static string? Answer(JsonElement c)
    {
        PageUrl? url;
        if (Text(c, "base") is { } at && PageUrl.TryParse(at, out var page, out _))
            url = page.Resolve(Text(c, "input"));
        else
            _ = PageUrl.TryParse(Text(c, "input"), out url, out _);
        return url?.Text;
    }

    // What we leave away on purpose: other schemes, user info and fragment.
    private static string? Expected(JsonElement c)
    {
        if (Text(c, "href") is not { } href || !(href.StartsWith("http:", StringComparison.Ordinal) || href.StartsWith("https:", StringComparison.Ordinal)))
            return null;
        var host = Text(c, "host");
        return $"{Text(c, "protocol")}//{host}{Text(c, "pathname")}{(href.Split('#')[0].EndsWith('?') ? "?" : Text(c, "search"))}";
    }

    private static bool HasLoneSurrogate(JsonElement c) => System.Text.RegularExpressions.Regex.IsMatch(c.GetProperty("input").GetRawText(), @"\\u[dD][89a-fA-F]");

    private static string? Text(JsonElement c, string name) => c.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
