using System.Text.Json.Nodes;
using Amble.App.Export;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

public sealed class SarifExportSpecs
{
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task A_broken_link_is_a_result_on_the_page_that_links()
    {
        _source.Broken("https://example.org/gone", ("https://example.org/blog/post?a=1", "Our team"), ("https://www.example.org/", ""));

        var run = await RunAsync();

        Assert.Equal("Amble", (string)run["tool"]!["driver"]!["name"]!);
        var results = run["results"]!.AsArray();
        Assert.Equal(["https://example.org/blog/post?a=1", "https://www.example.org/"], results.Select(result => Place(run, result!)));
        Assert.Equal("Broken link to https://example.org/gone (404), linked as \"Our team\".", (string)results[0]!["message"]!["text"]!);
        Assert.All(results, result => Assert.Equal(("broken-link", "error"), ((string)result!["ruleId"]!, (string)result["level"]!)));
        Assert.Equal("https://example.org/gone", (string)results[1]!["properties"]!["target"]!);
    }

    [Fact]
    public async Task A_place_is_no_whole_URL_since_GitHub_refuses_those()
    {
        _source.Broken(
            "https://example.org/gone", ("https://example.org/", ""), ("https://example.org//twice", ""), ("https://example.org/a:b", ""), ("https://example.org/?q", ""),
            ("http://[2001:db8::1]:8080/x", ""), ("https://example.org/100%/|[a]", ""));

        var run = await RunAsync();

        var results = run["results"]!.AsArray();
        Assert.Equal(["./", ".//twice", "./a:b", "./?q", "x", "100%25/%7C%5Ba%5D"], results.Select(result => (string)Location(result!)["uri"]!));
        Assert.Equal(
            ["https://example.org/", "https://example.org//twice", "https://example.org/a:b", "https://example.org/?q", "http://[2001:db8::1]:8080/x"],
            results.Take(5).Select(result => Place(run, result!)));
    }

    [Fact]
    public async Task A_broken_page_without_a_source_is_a_result_on_itself()
    {
        _source.Broken("https://example.org/start");

        var run = await RunAsync();

        Assert.Equal("https://example.org/start", Place(run, Assert.Single(run["results"]!.AsArray())!));
    }

    [Fact]
    public async Task A_redirect_of_several_steps_is_a_note()
    {
        _source.Redirect("https://example.org/old", "https://example.org/older", "https://example.org/now").Redirect("https://example.org/one", "https://example.org/now");

        var result = Assert.Single((await RunAsync())["results"]!.AsArray())!;

        Assert.Equal(("redirect-chain", "note"), ((string)result["ruleId"]!, (string)result["level"]!));
        Assert.Equal("2 redirects in a row lead from here to https://example.org/now.", (string)result["message"]!["text"]!);
    }

    [Fact]
    public async Task What_is_refused_or_unknown_is_a_note_of_the_run_and_no_result()
    {
        _source.Page("https://example.org/login", StatusClass.Refused, 403).Page("https://example.org/slow", StatusClass.Unknown, null);

        var run = await RunAsync();

        Assert.Empty(run["results"]!.AsArray());
        Assert.Equal(["warning", "note"], run["invocations"]![0]!["toolExecutionNotifications"]!.AsArray().Select(note => (string)note!["level"]!));
        Assert.True((bool)run["invocations"]![0]!["executionSuccessful"]!);
    }

    [Fact]
    public async Task A_job_that_failed_is_no_success()
    {
        var sarif = await Exported.SarifAsync(new ExportInput(_source, [_source.Job(1, "blocked")], null, null));

        Assert.False((bool)sarif["runs"]![0]!["invocations"]![0]!["executionSuccessful"]!);
    }

    [Fact]
    public async Task Fingerprints_are_the_same_in_every_run_and_differ_for_every_link()
    {
        _source.Broken("https://example.org/gone", ("https://example.org/a", "x"), ("https://example.org/b", "x"));
        var other = new ScriptedSource().Page("https://example.org/first").Broken("https://example.org/gone", ("https://example.org/b", "another text"), ("https://example.org/a", ""));

        var here = Fingerprints(await RunAsync());
        var there = Fingerprints((await Exported.SarifAsync(other.Input()))["runs"]![0]!);

        Assert.Equal(2, here.Distinct().Count());
        Assert.Equal(here.Order(), there.Order());
    }

    [Fact]
    public async Task Beyond_what_GitHub_takes_results_are_cut_and_that_is_said()
    {
        for (var i = 0; i < 26; i++)
        {
            _source.Broken($"https://example.org/gone{i}", [.. Enumerable.Range(0, 1_000).Select(page => ($"https://example.org/{page}", ""))]);
        }
        _source.Redirect("https://example.org/old", "https://example.org/older", "https://example.org/now");
        using var to = new MemoryStream();

        var remarks = await SarifExport.WriteAsync(to, _source.Input(), CancellationToken.None);

        var run = JsonNode.Parse(to.ToArray())!["runs"]![0]!;
        Assert.Equal(25_000, run["results"]!.AsArray().Count);
        Assert.Equal(1_001, (int)run["properties"]!["cut"]!);
        Assert.Contains("1001 results over 25000 were left out", Assert.Single(remarks));
        Assert.Contains("1001 results over 25000 were left out", run["invocations"]!.ToJsonString());
    }

    [Fact]
    public async Task Links_that_the_report_does_not_name_are_counted()
    {
        _source.MoreSources = 9;
        _source.Broken("https://example.org/gone", ("https://example.org/a", ""));

        var run = await RunAsync();

        Assert.Equal(9, (int)run["properties"]!["cut"]!);
        Assert.Contains("9 broken links are in no file by name", run["invocations"]!.ToJsonString());
    }

    [Fact]
    public async Task Each_job_of_a_crawl_is_a_run_of_its_own_category()
    {
        _source.Broken("https://example.org/gone", ("https://example.org/a", ""));
        var second = _source.Job(2) with { Start = "https://example.org/shop/" };

        var sarif = await Exported.SarifAsync(new ExportInput(_source, [_source.Job(1), second], null, null));

        Assert.Equal(["amble/https://example.org//1", "amble/https://example.org/shop//2"], sarif["runs"]!.AsArray().Select(run => (string)run!["automationDetails"]!["id"]!));
        Assert.All(sarif["runs"]!.AsArray(), run => Assert.Single(run!["results"]!.AsArray()));
    }

    [Fact]
    public async Task A_text_is_neither_a_link_nor_a_place_to_fill()
    {
        _source.Broken("https://example.org/gone", ("https://example.org/a", "[win](https://evil.test) {0} \\"));

        var text = (string)Assert.Single((await RunAsync())["results"]!.AsArray())!["message"]!["text"]!;

        Assert.Contains("\\[win\\](https://evil.test) {{0}} \\\\", text);
    }

    private async Task<JsonNode> RunAsync() => Assert.Single((await Exported.SarifAsync(_source.Input()))["runs"]!.AsArray())!;

    private static JsonNode Location(JsonNode result) => Assert.Single(result["locations"]!.AsArray())!["physicalLocation"]!["artifactLocation"]!;

    private static string Place(JsonNode run, JsonNode result)
    {
        var location = Location(result);
        return new Uri(new Uri((string)run["originalUriBaseIds"]![(string)location["uriBaseId"]!]!["uri"]!), (string)location["uri"]!).AbsoluteUri;
    }

    private static IEnumerable<string> Fingerprints(JsonNode run) => run["results"]!.AsArray().Select(result => (string)result!["partialFingerprints"]!["ambleFinding/v1"]!);
}
