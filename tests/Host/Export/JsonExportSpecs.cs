using System.Text.Json.Nodes;
using Amble.App.Export;
using Amble.App.Http;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

public sealed class JsonExportSpecs
{
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task A_job_is_told_whole()
    {
        _source.Page("https://example.org/").Broken("https://example.org/gone", ("https://example.org/", "Our team"), ("https://example.org/a", ""))
            .Redirect("https://example.org/old", "https://example.org/older", "https://example.org/").Page("https://example.org/login", StatusClass.Refused, 403);
        _source.Findings = new JobFindings(
            [], [], [new Exclusion("robots.txt", 7, ["https://example.org/private"])], new SitemapFindings(1, 40, 0, [new SitemapProblem("https://example.org/sitemap.xml", "It is cut off.")]));

        var root = await Exported.JsonAsync(_source.Input());

        Assert.Equal(["format", "jobs"], root.Select(field => field.Key));
        var job = Assert.Single(root["jobs"]!.AsArray())!;
        Assert.Equal(("completed", 1, 1), ((string)job["summary"]!["state"]!, (int)job["summary"]!["broken"]!, (int)job["summary"]!["refused"]!));
        var findings = job["findings"]!;
        var broken = Assert.Single(findings["broken"]!.AsArray())!;
        Assert.Equal(("https://example.org/gone", "404", 2), ((string)broken["url"]!, (string)broken["outcome"]!, (int)broken["sourceCount"]!));
        Assert.Equal(["https://example.org/ as Our team", "https://example.org/a as "], broken["sources"]!.AsArray().Select(source => $"{source!["page"]} as {source["anchor"]}"));
        var redirect = Assert.Single(findings["redirects"]!.AsArray())!;
        Assert.Equal(["https://example.org/older", "https://example.org/"], redirect["chain"]!.AsArray().Select(hop => (string)hop!["url"]!));
        Assert.Equal("https://example.org/login 403", $"{findings["refused"]![0]!["url"]} {findings["refused"]![0]!["outcome"]}");
        Assert.Equal(("robots.txt", 7), ((string)findings["excluded"]![0]!["reason"]!, (int)findings["excluded"]![0]!["count"]!));
        Assert.Equal("It is cut off.", (string)findings["sitemaps"]!["problems"]![0]!["what"]!);
        Assert.Equal(["https://example.org/", "https://example.org/gone", "https://example.org/old", "https://example.org/login"], Urls(job["pages"]!));
    }

    [Fact]
    public async Task A_class_narrows_the_pages_down_and_leaves_the_findings_whole()
    {
        _source.Page("https://example.org/").Broken("https://example.org/gone");

        var job = (await Exported.JsonAsync(_source.Input(StatusClass.Ok)))["jobs"]![0]!;

        Assert.Equal(["https://example.org/"], Urls(job["pages"]!));
        Assert.Single(job["findings"]!["broken"]!.AsArray());
    }

    [Fact]
    public async Task Pages_have_the_names_of_the_CSV()
    {
        _source.Page("https://example.org/");

        var page = (await Exported.JsonAsync(_source.Input()))["jobs"]![0]!["pages"]![0]!.AsObject();

        var header = Assert.Single(await Exported.CsvAsync(_source.Input())).Keys;
        Assert.Equal(header.Order(StringComparer.Ordinal), page.Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Letters_of_any_script_can_be_read_in_it()
    {
        _source.Page("https://example.org/", like: visit => visit with { Title = "Übersicht 概要 نظرة" });

        Assert.Contains("Übersicht 概要 نظرة", await Exported.TextAsync(ExportFormat.Json, _source.Input()));
    }

    private static IEnumerable<string> Urls(JsonNode pages) => pages.AsArray().Select(page => (string)page!["url"]!);
}
