using System.Net;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.AccessLog;

/// <summary>Every answered request is one hit, with what it was and nothing that is nobody's business; the log never changes an answer.</summary>
public sealed class HitDoorSpecs : IAsyncLifetime
{
    private Served _served = null!;

    private FakeLog Log => _served.Node.Log;

    public async Task InitializeAsync()
    {
        _served = await Served.StartAsync();
        _served.Node.Add("http://a.test/", JobState.Completed);
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task A_hit_says_what_was_asked_and_answered()
    {
        var page = await AskAsync("/jobs/1?token=secret", agent: "Mozilla/5.0 Firefox/140.0");
        var hit = await OnlyHitAsync();
        Assert.Equal(("GET", "/jobs/1", HitKind.Job, 200, false), (hit.Method, hit.Path, hit.Kind, hit.Status, hit.CacheHit));
        Assert.Equal(("127.0.0.0/24", AgentClass.Browser, _served.Clock.GetUtcNow()), (hit.Client, hit.Agent, hit.At));
        Assert.Equal((await page.Content.ReadAsByteArrayAsync()).Length, hit.Bytes);
    }

    [Theory]
    [InlineData("/api/jobs/1", HitKind.Api, 200, AgentClass.Tool)]
    [InlineData("/no-such-page", HitKind.Other, 404, AgentClass.Tool)]
    [InlineData("/jobs/77", HitKind.Job, 404, AgentClass.Tool)]
    public async Task Other_answers_are_hits_as_well(string path, HitKind kind, int status, AgentClass agent)
    {
        await AskAsync(path, agent: "curl/8.9.1");
        var hit = await OnlyHitAsync();
        Assert.Equal((kind, status, agent), (hit.Kind, hit.Status, hit.Agent));
    }

    [Fact]
    public async Task A_reader_who_has_it_already_is_a_cache_hit_and_a_HEAD_has_no_body()
    {
        var etag = (await AskAsync("/jobs/1")).Headers.ETag!;
        await AskAsync("/jobs/1", etag: etag.ToString());
        await _served.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/jobs/1"));
        var hits = await HitsAsync(3);
        Assert.Equal([(200, false), (304, true), (200, false)], hits.Select(hit => (hit.Status, hit.CacheHit)));
        Assert.Equal([("GET", true), ("GET", false), ("HEAD", false)], hits.Select(hit => (hit.Method, hit.Bytes > 0)));
    }

    [Fact]
    public async Task Health_is_no_hit()
    {
        foreach (var path in new[] { "/healthz", "/readyz", "/jobs/1" }) await AskAsync(path);
        Assert.Equal("/jobs/1", (await OnlyHitAsync()).Path);
    }

    [Fact, Trait("Seeds", "A-4")]
    public async Task A_full_log_changes_no_answer_and_health_tells_of_it()
    {
        Log.IsFull = true;
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/jobs/1")).StatusCode);
        var health = System.Text.Json.Nodes.JsonNode.Parse(await _served.Http.GetStringAsync("/healthz"))!;
        Assert.Equal((3, 3), ((long)health["hitsWaiting"]!, (long)health["hitsDropped"]!));
    }

    [Fact]
    public async Task Pages_say_how_often_they_were_looked_at()
    {
        Assert.DoesNotContain("Looked at", await _served.Http.GetStringAsync("/jobs/1"), StringComparison.Ordinal);
        Log.Seen["/jobs/1"] = new Views(12_345, 1);
        Assert.Contains("Looked at 12k times by people, and once by bots.", await _served.Http.GetStringAsync("/jobs/1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_tells_the_views_of_each_day()
    {
        Log.Days.Add(new DayViews(new DateOnly(2026, 3, 1), new Views(12, 3)));
        Assert.Equal("""[{"day":"2026-03-01","views":12,"botViews":3}]""", await _served.Http.GetStringAsync("/api/jobs/1/views"));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("/api/jobs/77/views")).StatusCode);
    }

    private async Task<Hit> OnlyHitAsync() => Assert.Single(await HitsAsync(1));

    // The reader has the answer a moment before the hit is offered.
    private async Task<IReadOnlyList<Hit>> HitsAsync(int count)
    {
        while (Log.Hits.Count < count) await Task.Yield();
        return Log.Hits;
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? agent = null, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (agent is not null) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        return await _served.Http.SendAsync(request);
    }
}
