using System.Xml.Linq;
using Amble.App.Export;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

public sealed class JunitExportSpecs
{
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task A_job_is_a_suite_and_a_page_is_a_case()
    {
        _source.Page("https://example.org/").Page("https://example.org/login", StatusClass.Refused, 403).Page("https://example.org/slow", StatusClass.Unknown, -(int)FetchFailure.Timeout)
            .Broken("https://example.org/gone", ("https://example.org/", "Our team"), ("https://example.org/a", "")).Redirect("https://example.org/old", "https://example.org/");

        var suite = Assert.Single((await Exported.JunitAsync(_source.Input())).Elements("testsuite"));

        Assert.Equal(
            ("https://example.org/", "5", "1", "1", "1"),
            (Of(suite, "name"), Of(suite, "tests"), Of(suite, "failures"), Of(suite, "errors"), Of(suite, "skipped")));
        Assert.Equal(
            ["https://example.org/gone", "https://example.org/slow", "https://example.org/login", "https://example.org/old", "https://example.org/"],
            suite.Elements("testcase").Select(one => Of(one, "name")));
        var failure = Case(suite, "https://example.org/gone").Element("failure")!;
        Assert.Equal("404", Of(failure, "message"));
        Assert.Contains("linked from https://example.org/ as \"Our team\"\nlinked from https://example.org/a\n", failure.Value);
        Assert.Equal("no answer in time", Of(Case(suite, "https://example.org/slow").Element("error")!, "message"));
        Assert.Equal("Refused: 403.", Case(suite, "https://example.org/login").Element("skipped")!.Value);
        Assert.Empty(Case(suite, "https://example.org/old").Elements());
        Assert.Equal("0.120", Of(Case(suite, "https://example.org/"), "time"));
    }

    [Fact]
    public async Task The_sums_of_a_suite_are_its_cases()
    {
        for (var i = 0; i < 1_200; i++)
        {
            _source.Page($"https://example.org/{i}", (StatusClass)(i % 3));
        }

        var suite = (await Exported.JunitAsync(_source.Input())).Element("testsuite")!;

        Assert.Equal(1_200, suite.Elements("testcase").Count());
        Assert.Equal(("1200", "400"), (Of(suite, "tests"), Of(suite, "skipped")));
    }

    [Fact]
    public async Task A_link_from_everywhere_is_told_with_some_of_its_sources()
    {
        _source.Broken("https://example.org/gone", [.. Enumerable.Range(0, 700).Select(i => ($"https://example.org/{i}", "Imprint"))]);

        var text = (await Exported.JunitAsync(_source.Input())).Descendants("failure").Single().Value;

        Assert.Equal(100, text.Split('\n').Count(line => line.StartsWith("linked from", StringComparison.Ordinal)));
        Assert.Contains("and from 600 more", text);
    }

    [Fact]
    public async Task What_the_baseline_knows_is_skipped_and_what_is_new_fails_with_its_new_links()
    {
        _source.Broken("https://example.org/known", ("https://example.org/a", "")).Broken("https://example.org/gone", ("https://example.org/a", "old"), ("https://example.org/b", "new"));
        var known = new HashSet<LinkKey> { LinkKey.Of("https://example.org/known", "https://example.org/a"), LinkKey.Of("https://example.org/gone", "https://example.org/a") };
        var compared = await BaselineComparison.MakeAsync(new Baseline("before.json", known, new HashSet<LinkKey>(), new HashSet<LinkKey>(), false), _source, [_source.Summary], CancellationToken.None);

        var suite = (await Exported.JunitAsync(_source.Input(baseline: compared))).Element("testsuite")!;

        Assert.Equal(("2", "1", "1"), (Of(suite, "tests"), Of(suite, "failures"), Of(suite, "skipped")));
        Assert.Equal("Broken (404), as in the baseline.", Case(suite, "https://example.org/known").Element("skipped")!.Value);
        var failure = Case(suite, "https://example.org/gone").Element("failure")!.Value;
        Assert.Contains("linked from https://example.org/b as \"new\"\nand from 1 more", failure);
    }

    [Fact]
    public async Task Each_job_of_a_crawl_is_a_suite()
    {
        _source.Page("https://example.org/");

        var suites = await Exported.JunitAsync(new ExportInput(_source, [_source.Job(1), _source.Job(2, "failed")], null, null));

        Assert.Equal(["1", "2"], suites.Elements("testsuite").Select(suite => Of(suite, "id")));
    }

    private static string? Of(XElement element, string attribute) => element.Attribute(attribute)?.Value;

    private static XElement Case(XElement suite, string url) => suite.Elements("testcase").Single(one => Of(one, "name") == url);
}
