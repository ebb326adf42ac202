using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Http;

public sealed class JobRoutesSpecs : IAsyncLifetime
{
    private Served _served = null!;

    public async Task InitializeAsync() => _served = await Served.StartAsync();

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task A_job_is_accepted_with_its_place()
    {
        var answer = await PostAsync("""{"url": "https://example.org/", "maxPages": 5, "maxDepth": 0, "include": ["/a/*"], "exclude": ["*.pdf"], "concurrency": 3}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("/api/jobs/1", answer.Headers.Location?.ToString());
        var asked = _served.Node.ReadJob(new JobId(1))!.Job.Asked;
        Assert.Equal((5, 0, 3, "/a/*", "*.pdf"), (asked.Limits.MaxPages, asked.Limits.MaxDepth, asked.Concurrency, asked.Limits.Include[0], asked.Limits.Exclude[0]));
        Assert.Equal("https://example.org/", (string)(await ReadAsync("/api/jobs/1"))["start"]!);
    }

    [Fact]
    public async Task All_problems_of_a_request_are_told_at_once()
    {
        var answer = await PostAsync("""{"url": "ftp://x", "maxPages": 0, "maxDepth": "deep", "include": "no list", "concurrency": 5000, "speed": 9, "warm": "very"}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problems = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["problems"]!.AsArray();
        Assert.Equal(["concurrency", "field", "include", "maxDepth", "maxPages", "url", "warm"], problems.Select(problem => (string)problem!["where"]!).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.NotNull(problem!["allowed"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"url": null}""")]
    [InlineData("""{"url": "http://127.0.0.1/"}""")]
    [InlineData("""{"url": "http://localhost:9/"}""")]
    public async Task What_is_no_request_is_refused_and_makes_no_job(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(body)).StatusCode);
        Assert.Empty(_served.Node.ReadJobs(9, null, null));
    }

    [Fact]
    public async Task A_body_over_the_cap_is_refused() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync($$"""{"url": "https://example.org/{{new string('x', 300_000)}}"}""")).StatusCode);

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public async Task A_job_may_be_a_warm_one(string warm, bool expected)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync($$"""{"url": "https://example.org/", "warm": {{warm}}}""")).StatusCode);
        Assert.Equal(expected, _served.Node.ReadJob(new JobId(1))!.Job.Asked.Warm);
        Assert.Equal(0, (int)(await ReadAsync("/api/jobs/1"))["warmedHits"]!);
    }

    [Fact]
    public async Task An_unfinished_job_is_answered_where_resuming_is_asked_for()
    {
        _served.Node.Add("https://example.org/", JobState.Running);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync("""{"url": "https://example.org/", "resume": true}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("""{"url": "https://example.org/"}""")).StatusCode);
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_by_pages()
    {
        for (var i = 1; i <= 3; i++)
        {
            _served.Node.Add($"https://{i}.example.org/", JobState.Completed);
        }

        Assert.Equal([3, 2], (await ListAsync("/api/jobs?limit=2")).Select(job => (int)job!["job"]!));
        Assert.Equal([1], (await ListAsync("/api/jobs?limit=2&before=2")).Select(job => (int)job!["job"]!));
        Assert.Equal([2], (await ListAsync("/api/jobs?site=2.example.org")).Select(job => (int)job!["job"]!));
        Assert.Equal(HttpStatusCode.BadRequest, (await _served.Http.GetAsync("/api/jobs?limit=0&before=x&site=a%20b")).StatusCode);
    }

    [Fact]
    public async Task A_job_is_cancelled_once()
    {
        _served.Node.Add("https://example.org/", JobState.Running);

        Assert.Equal(HttpStatusCode.NoContent, (await _served.Http.DeleteAsync("/api/jobs/1")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _served.Http.DeleteAsync("/api/jobs/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _served.Http.DeleteAsync("/api/jobs/2")).StatusCode);
    }

    [Fact]
    public async Task A_retry_tells_how_many_pages_are_open_again()
    {
        _served.Node.Add("https://example.org/", JobState.Completed, FakeNode.Counts(ok: 1, broken: 4));

        var answer = await _served.Http.PostAsync("/api/jobs/1/retry", null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(4, (int)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["opened"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await _served.Http.PostAsync("/api/jobs/2/retry", null)).StatusCode);
    }

    [Theory]
    [InlineData("/api/jobs/9")]
    [InlineData("/api/jobs/9/findings")]
    [InlineData("/api/jobs/-1")]
    [InlineData("/api/jobs/x")]
    public async Task What_is_not_there_is_not_found(string path) => Assert.Equal(HttpStatusCode.NotFound, (await _served.Http.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Health_answers_from_memory_and_readiness_follows_the_store()
    {
        Assert.Equal("ok", (string)(await ReadAsync("/healthz"))["status"]!);
        Assert.Equal(HttpStatusCode.OK, (await _served.Http.GetAsync("/readyz")).StatusCode);

        _served.Node.Health = _served.Node.Health with { StoreTrouble = "database is locked" };

        Assert.Equal(HttpStatusCode.OK, (await _served.Http.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _served.Http.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task The_OpenAPI_document_names_every_route_of_the_API()
    {
        var document = await ReadAsync("/openapi.json");

        Assert.StartsWith("3.", (string)document["openapi"]!);
        Assert.Equal(
            [
                "/api/cards", "/api/inspect", "/api/inspect/{command}",
                "/api/jobs", "/api/jobs/{id}", "/api/jobs/{id}/broken", "/api/jobs/{id}/broken/{page}/sources", "/api/jobs/{id}/events", "/api/jobs/{id}/findings", "/api/jobs/{id}/pages", "/api/jobs/{id}/politeness",
                "/api/jobs/{id}/redirects", "/api/jobs/{id}/retry", "/api/jobs/{id}/views", "/api/purge", "/healthz", "/readyz",
            ],
            document["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal));
    }

    private Task<HttpResponseMessage> PostAsync(string body) => _served.Http.PostAsync("/api/jobs", new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<JsonObject> ReadAsync(string path) => (await _served.Http.GetFromJsonAsync<JsonObject>(path))!;

    private async Task<JsonArray> ListAsync(string path) => (await _served.Http.GetFromJsonAsync<JsonArray>(path))!;
}
