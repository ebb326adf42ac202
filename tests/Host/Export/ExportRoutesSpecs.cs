using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

public sealed class ExportRoutesSpecs : IAsyncLifetime
{
    private Served _served = null!;

    public async Task InitializeAsync()
    {
        _served = await Served.StartAsync();
        _served.Node.Add("https://example.org/", JobState.Completed, FakeNode.Counts(ok: 4, broken: 1));
        for (var page = 1; page <= 5; page++)
        {
            _served.Node.Visits.Add(FakeNode.Visit($"https://example.org/{page}", page == 3 ? StatusClass.Broken : StatusClass.Ok, page == 3 ? 404 : 200) with { Page = new PageId(page), Title = "=1+1" });
        }
        _served.Node.Broken.Add(new BrokenView(_served.Node.Visits[2], [.. Enumerable.Range(1, 4).Select(page => new SourceView(PageUrl.FromStored($"https://example.org/{page}"), "x"))], 4));
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task Pages_come_in_steps_of_a_key()
    {
        var first = await ReadAsync("/api/jobs/1/pages?limit=2");
        Assert.Equal(["https://example.org/1", "https://example.org/2"], Urls(first));
        var second = await ReadAsync($"/api/jobs/1/pages?limit=2&after={first["next"]}");
        Assert.Equal(["https://example.org/3", "https://example.org/4"], Urls(second));
        var third = await ReadAsync($"/api/jobs/1/pages?limit=2&after={second["next"]}");
        Assert.Equal(["https://example.org/5"], Urls(third));
        Assert.Null(third["next"]);
    }

    [Fact]
    public async Task Pages_of_one_class_can_be_asked_for() => Assert.Equal(["https://example.org/3"], Urls(await ReadAsync("/api/jobs/1/pages?class=broken&format=json")));

    [Fact]
    public async Task All_pages_are_one_table_to_be_saved()
    {
        using var answer = await _served.Http.GetAsync("/api/jobs/1/pages?format=csv&class=ok");

        Assert.Equal("text/csv; charset=utf-8; header=present", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment; filename=\"amble-job-1-ok.csv\"", answer.Content.Headers.ContentDisposition?.ToString());
        var rows = Rfc4180.Read(await answer.Content.ReadAsStringAsync());
        Assert.Equal(5, rows.Count);
        Assert.Contains("'=1+1", rows[1]);
    }

    [Fact]
    public async Task What_is_broken_comes_with_its_links()
    {
        var broken = (await ReadAsync("/api/jobs/1/broken"))["items"]!.AsArray();
        Assert.Equal(("https://example.org/3", "404", 4), ((string)broken[0]!["url"]!, (string)broken[0]!["outcome"]!, (int)broken[0]!["sourceCount"]!));

        var first = await ReadAsync($"/api/jobs/1/broken/{broken[0]!["page"]}/sources?limit=3");
        var second = await ReadAsync($"/api/jobs/1/broken/{broken[0]!["page"]}/sources?limit=3&after={first["next"]}");
        Assert.Equal(4, first["items"]!.AsArray().Count + second["items"]!.AsArray().Count);
        Assert.Equal("https://example.org/4", (string)second["items"]![0]!["page"]!);
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_parameters_is_told_at_once()
    {
        using var answer = await _served.Http.GetAsync("/api/jobs/1/pages?class=good&format=pdf&limit=0&after=x");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problems = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["problems"]!.AsArray();
        Assert.Equal(["after", "class", "format", "limit"], problems.Select(problem => (string)problem!["where"]!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/api/jobs/1/pages?limit=1001", HttpStatusCode.BadRequest)]
    [InlineData("/api/jobs/1/pages?format=csv&limit=5", HttpStatusCode.BadRequest)]
    [InlineData("/api/jobs/1/broken?limit=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/jobs/9/pages", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs/9/pages?format=csv", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs/9/broken", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs/9/broken/1/sources", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs/9/redirects", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_given_is_a_problem(string path, HttpStatusCode status)
    {
        using var answer = await _served.Http.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_lists_are_in_the_OpenAPI_document()
    {
        var paths = (await ReadAsync("/openapi.json"))["paths"]!;

        Assert.All(
            (string[])["/api/jobs/{id}/pages", "/api/jobs/{id}/broken", "/api/jobs/{id}/broken/{page}/sources", "/api/jobs/{id}/redirects"],
            path => Assert.NotNull(paths[path]!["get"]!["summary"]));
        Assert.Equal(["class", "format", "limit", "after"], paths["/api/jobs/{id}/pages"]!["get"]!["parameters"]!.AsArray().Select(one => (string)one!["name"]!).Where(name => name != "id"));
    }

    private async Task<JsonObject> ReadAsync(string path) => (await _served.Http.GetFromJsonAsync<JsonObject>(path))!;

    private static IEnumerable<string> Urls(JsonObject slice) => slice["items"]!.AsArray().Select(page => (string)page!["url"]!);
}
