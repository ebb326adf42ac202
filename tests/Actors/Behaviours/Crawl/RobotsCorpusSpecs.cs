using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amble.Actors.Specs.Corpora;
using Amble.Behaviours.Crawl;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>The cases of google/robotstxt, where they lie beside the repository; said out loud where they do not.</summary>
public class RobotsCorpusSpecs(ITestOutputHelper output)
{
    [Fact]
    public void Every_standard_case_of_the_reference_parser_is_answered_alike()
    {
        if (Corpus.Find("google-robotstxt/robots_test.json", output) is not { } file)
            return;
        var all = JsonSerializer.Deserialize<Case[]>(File.ReadAllText(file))!;
        var standard = all.Where(c => !c.GoogleOnly).ToArray();
        Assert.Equal(142, all.Length);
        Assert.Equal(72, standard.Length);

        var wrong = standard.Where(c => Answer(c) != c.Allowed).Select(c => $"{c.Test}: {c.Agent} {c.Url} in {c.Text}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Of_the_cases_beyond_the_standard_only_those_differ_that_are_listed_with_their_reason()
    {
        if (Corpus.Find("google-robotstxt/robots_test.json", output) is not { } file)
            return;
        var beyond = JsonSerializer.Deserialize<Case[]>(File.ReadAllText(file))!.Where(c => c.GoogleOnly).ToArray();
        Assert.Equal(70, beyond.Length);

        // RFC 9309 knows of no directory's index: a rule for /x/index.html speaks of that URL, and who reads more into an Allow asks for more.
        Assert.Equal([("GoogleOnly_IndexHTMLisDirectory", "http://foo.com/allowed-slash/")], beyond.Where(c => Answer(c) != c.Allowed).Select(c => (c.Test, c.Url)));
    }

    private static bool Answer(Case c)
    {
        // The file's text is bytes as latin-1; a crawler decodes them as UTF-8 (RFC 9309 section 2.2).
        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(c.Text));
        var scheme = c.Url.IndexOf("://", StringComparison.Ordinal);
        var path = c.Url.IndexOf('/', scheme < 0 ? 0 : scheme + 3);
        return RobotsRules.Parse(text, c.Agent).Allows(path < 0 ? "/" : c.Url[path..]);
    }

    private sealed record Case(
        [property: JsonPropertyName("test")] string Test,
        [property: JsonPropertyName("google_only")] bool GoogleOnly,
        [property: JsonPropertyName("robotstxt_latin1")] string Text,
        [property: JsonPropertyName("agent")] string Agent,
        [property: JsonPropertyName("url")] string Url,
        [property: JsonPropertyName("allowed")] bool Allowed);
}
