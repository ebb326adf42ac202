using System.Net;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Http;

public sealed class HeadSpecs : IAsyncLifetime
{
    private Served _served = null!;

    public async Task InitializeAsync()
    {
        _served = await Served.StartAsync();
        _served.Node.Add("https://example.org/", JobState.Completed, FakeNode.Counts(ok: 2));
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/jobs/1", HttpStatusCode.OK)]
    [InlineData("/jobs/9", HttpStatusCode.NotFound)]
    [InlineData("/sites/example.org", HttpStatusCode.OK)]
    [InlineData("/sites/a..b", HttpStatusCode.BadRequest)]
    [InlineData("/bot", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs", HttpStatusCode.OK)]
    [InlineData("/api/jobs?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/jobs/1", HttpStatusCode.OK)]
    [InlineData("/api/jobs/9", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs/1/findings", HttpStatusCode.OK)]
    [InlineData("/api/jobs/1/events", HttpStatusCode.OK)]
    [InlineData("/style.css", HttpStatusCode.OK)]
    [InlineData("/live.js", HttpStatusCode.OK)]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/openapi.json", HttpStatusCode.OK)]
    public async Task HEAD_answers_as_GET_does_without_the_body(string path, HttpStatusCode status)
    {
        using var get = await _served.Http.GetAsync(path);
        using var head = await _served.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal((status, status), (get.StatusCode, head.StatusCode));
        Assert.NotEmpty(await get.Content.ReadAsByteArrayAsync());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(Fields(get), Fields(head));
    }

    [Fact]
    public async Task HEAD_of_a_page_that_the_reader_has_is_not_modified()
    {
        using var get = await _served.Http.GetAsync("/bot");
        using var head = new HttpRequestMessage(HttpMethod.Head, "/bot");
        head.Headers.TryAddWithoutValidation("If-None-Match", get.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, (await _served.Http.SendAsync(head)).StatusCode);
    }

    [Fact]
    public async Task HEAD_opens_no_route_that_changes_state()
    {
        using var head = await _served.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/jobs/1/retry"));

        Assert.Contains(head.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        Assert.Empty(_served.Node.Said);
    }

    // How a body is framed says nothing where there is none (RFC 9112 section 6.1).
    private static IEnumerable<string> Fields(HttpResponseMessage answer) => answer.Headers.Concat(answer.Content.Headers)
        .Where(field => field.Key is not ("Date" or "Transfer-Encoding")).Select(field => $"{field.Key}: {string.Join(", ", field.Value)}").Order(StringComparer.Ordinal);
}
