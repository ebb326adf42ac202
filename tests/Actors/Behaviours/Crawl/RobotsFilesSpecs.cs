using System.Text.RegularExpressions;
using Amble.Actors.Specs.Corpora;
using Amble.Behaviours.Crawl;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>
/// The robots.txt files of crawler-commons, where they lie beside the repository; said out loud where they do not. What each file says was
/// read by people. Where we differ on purpose from crawler-commons: "User-agent" without its colon begins a group only as "user-agent NAME",
/// and misspellings are known for Disallow, not invented ("desallow" is nobody's rule).
/// </summary>
public class RobotsFilesSpecs(ITestOutputHelper output)
{
    // File, crawler, what it may ask, what it may not, Crawl-delay in seconds, sitemaps.
    private static readonly (string File, string Agent, string[] May, string[] MayNot, int? Delay, int Sitemaps)[] Expected =
    [
        ("astore.amazon.com-robots.txt", "mybot", ["/x"], [], 5, 0),
        ("crawl-delay-group-merging.txt", "mybot", ["/"], ["/private/"], 10, 0),
        ("crawl-delay-group-merging.txt", "yourbot", ["/"], ["/private/", "/login/"], null, 0),
        ("crawl-delay-group-merging.txt", "other", ["/private/"], [], 30, 0),
        ("directive-typos-robots.txt", "bota", ["/desallow/"], ["/dissalow/"], null, 0),
        ("directive-typos-robots.txt", "botb", ["/"], ["/useragent/"], null, 0),
        ("directive-typos-robots.txt", "botd", ["/"], ["/useragent-no-colon/"], null, 0),
        ("dos-line-endings.txt", "mybot", ["/"], [], 1, 0),
        ("extended-standard-robots.txt", "botc", ["/"], [], null, 0),
        ("extension-robots.txt", "mybot", ["/secret/"], ["/private/"], null, 1),
        ("extension-robots.txt", "other", ["/private/"], [], null, 1),
        ("extensions-group-merging.txt", "mybot", ["/"], ["/private/", "/login/"], null, 0),
        ("extensions-group-merging.txt", "yourbot", ["/"], ["/private/", "/login/"], null, 0),
        ("extensions-group-merging.txt", "other", ["/llms.txt"], ["/"], null, 0),
        ("format-errors-robots.txt", "bota", ["/"], ["/whitespace-before-colon/", "/no-colon/"], null, 1),
        ("format-errors-robots.txt", "botb", ["/"], ["/no-colon-useragent/"], null, 1),
        ("format-errors-robots.txt", "botc", ["/whitespace-before-colon"], ["/"], null, 1),
        ("malformed-path.txt", "mybot", ["/wiki/"], ["/wiki/Wikipedia_talk:Mediation_Committee/"], null, 0),
        ("many-user-agents.txt", "BackDoorBot", [], ["/"], null, 0),
        ("merge-rules.txt", "curl", [], ["/"], null, 0),
        ("merge-rules.txt", "wget", ["/foo/bar", "/ckh/bar"], ["/tmp/bar"], null, 0),
        ("merge-rules.txt", "other", ["/ckh/bar"], ["/foo/bar", "/tmp/bar"], null, 0),
        ("precedence-of-rules.txt", "testy", ["/foo/bar", "/x"], ["/foo", "/foo/box"], null, 0),
        ("precedence-of-rules.txt", "wget", ["/foo", "/index.html"], ["/bar"], null, 0),
        ("relative-sitemap-robots.txt", "mybot", ["/"], ["/cache/"], null, 1),
        ("rfc9309-example-longest-match-robots.txt", "foobot", ["/example/page/"], ["/example/page/disallowed.gif"], null, 0),
        ("rfc9309-example-rule-group-merging.txt", "ExampleBot", ["/"], ["/foo", "/bar", "/baz"], null, 0),
        ("rfc9309-example-simple-robots.txt", "foobot", ["/example/page.html", "/example/allowed.gif"], ["/", "/publications/"], null, 0),
        ("rfc9309-example-simple-robots.txt", "bazbot", ["/"], ["/example/page.html"], null, 0),
        ("rfc9309-example-simple-robots.txt", "other", ["/publications/"], ["/a.gif", "/example/"], null, 0),
        ("robots-with-utf16be-bom.txt", "mybot", ["/"], ["/profile", "/search.aspx"], null, 1),
        ("robots-with-utf16le-bom.txt", "mybot", ["/"], ["/profile", "/search.aspx"], null, 1),
        ("robots-with-utf8-bom.txt", "mybot", ["/"], ["/profile", "/search.aspx"], null, 1),
        ("sitemap-robots-dedup.txt", "mybot", ["/"], [], null, 1),
        ("sitemap-robots.txt", "mybot", ["/"], [], null, 2),
        ("twitter.com-robots.txt", "Slurp", ["/a"], ["/a?b", "/x/with_friends"], 1, 0),
        ("twitter.com-robots.txt", "mybot", ["/a"], ["/a?b"], null, 0),
        ("wildcards.txt", "mybot", ["/"], ["/gp/cart", "/exec/obidos/change-style"], null, 8),
        ("www.flot.com-robots.txt", "mybot", ["/"], ["/bitrix/", "/img/x"], null, 1),
    ];

    [Fact]
    public void Every_file_of_crawler_commons_is_read_as_people_read_it()
    {
        if (Corpus.Find("crawler-commons/robots/" + Expected[0].File, output) is not { } first)
            return;
        var folder = Path.GetDirectoryName(first)!;
        Assert.Equal(24, Directory.GetFiles(folder).Length);
        Assert.Equal(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), Expected.Select(one => one.File).Distinct().Order(StringComparer.Ordinal));

        var wrong = new List<string>();
        foreach (var (file, agent, may, mayNot, delay, sitemaps) in Expected)
        {
            var text = RobotsText.Decode(File.ReadAllBytes(Path.Combine(folder, file)));
            // A product token has no digits (RFC 9309 section 2.2.1); these files number their crawlers all the same.
            var rules = RobotsRules.Parse(Regex.Replace(text, "bot([1-4])", number => $"bot{(char)('a' + number.Value[3] - '1')}"), agent);
            wrong.AddRange(may.Where(path => !rules.Allows(path)).Select(path => $"{file}: {agent} may ask {path}"));
            wrong.AddRange(mayNot.Where(rules.Allows).Select(path => $"{file}: {agent} may not ask {path}"));
            if (rules.CrawlDelay != (delay is { } seconds ? TimeSpan.FromSeconds(seconds) : null)) wrong.Add($"{file}: {agent} waits {rules.CrawlDelay}");
            if (rules.Sitemaps.Count != sitemaps) wrong.Add($"{file}: {rules.Sitemaps.Count} sitemaps");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        output.WriteLine($"told: crawler-commons robots: 24 files read, {Expected.Length} crawlers asked for");
    }
}
