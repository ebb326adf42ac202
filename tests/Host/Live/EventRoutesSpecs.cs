using System.Net;
using System.Text.Json;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Live;

public sealed class EventRoutesSpecs : IAsyncLifetime
{
    private const string Events = "/api/jobs/1/events";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private Served _served = null!;

    public async Task InitializeAsync()
    {
        _served = await Served.StartAsync();
        _served.Node.Add("https://example.org/", JobState.Running, FakeNode.Counts(ok: 3));
        _served.Node.Head = Sights.Mark(10);
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task A_reader_is_told_the_sums_then_what_comes_then_the_end()
    {
        using var reader = await EventReader.OpenAsync(_served.Http, Events);
        Assert.Equal(("text/event-stream", "no-store", "no"), (
            reader.Answer.Content.Headers.ContentType?.ToString(), reader.Answer.Headers.CacheControl?.ToString(), Assert.Single(reader.Answer.Headers.GetValues("X-Accel-Buffering"))));
        var first = (await reader.NextAsync())!;
        Assert.Equal(("progress", "10-1010"), (first.Name, first.Id));
        Assert.Equal(("running", 3), (Field(first, "state").GetString(), Field(first, "ok").GetInt32()));

        Found(12, "https://example.org/gone");
        _served.Node.Change(1, job => FakeNode.Ended(job, JobState.Completed, FakeNode.Counts(ok: 3, broken: 1)));
        _served.Clock.Advance(Second);

        var visit = (await reader.NextAsync())!;
        Assert.Equal(("visit", "12-1012"), (visit.Name, visit.Id));
        Assert.Equal(
            ("https://example.org/gone", "broken", "404", "https://example.org/"),
            (Field(visit, "url").GetString(), Field(visit, "class").GetString(), Field(visit, "outcome").GetString(), Field(visit, "source").GetString()));
        Assert.Equal(1, Field((await reader.NextAsync())!, "broken").GetInt32());
        var end = (await reader.NextAsync())!;
        Assert.Equal(("end", "12-1012-end", "completed"), (end.Name, end.Id, Field(end, "state").GetString()));
        Assert.Null(await reader.NextAsync());
    }

    [Fact]
    public async Task The_sums_have_the_fields_of_the_job_itself()
    {
        using var reader = await EventReader.OpenAsync(_served.Http, Events);
        var told = JsonDocument.Parse((await reader.NextAsync())!.Data).RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        var job = JsonDocument.Parse(await _served.Http.GetStringAsync("/api/jobs/1")).RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value);

        Assert.All(job, field => Assert.True(JsonElement.DeepEquals(field.Value, told[field.Key]), field.Key));
        Assert.Equal(["done", "shown"], told.Keys.Except(job.Keys).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reader_who_comes_back_is_told_what_was_missed(bool byHeader)
    {
        Found(12, "https://example.org/gone");
        using var reader = await EventReader.OpenAsync(_served.Http, byHeader ? Events + "?lastEventId=12-1012" : Events + "?lastEventId=10-1010", byHeader ? "10-1010" : null);

        Assert.Equal("visit", (await reader.NextAsync())!.Name);
        Assert.Equal("progress", (await reader.NextAsync())!.Name);
    }

    [Fact]
    public async Task A_reader_whose_place_is_not_known_any_more_is_told_of_a_gap_without_an_id()
    {
        using var reader = await EventReader.OpenAsync(_served.Http, Events, "99-5");

        var gap = (await reader.NextAsync())!;
        Assert.Equal(("gap", null, """{"first":null,"last":null}"""), (gap.Name, gap.Id, gap.Data));
    }

    [Fact]
    public async Task A_job_that_ended_is_told_once_and_then_there_is_nothing()
    {
        _served.Node.Change(1, job => FakeNode.Ended(job, JobState.Completed));
        using var reader = await EventReader.OpenAsync(_served.Http, Events);
        Assert.Equal("progress end", await reader.ToTheEndAsync());

        using var again = await EventReader.OpenAsync(_served.Http, Events, "10-1010-end");
        Assert.Equal(HttpStatusCode.NoContent, again.Answer.StatusCode);
        _served.Node.Change(1, job => job with { State = JobState.Running });
        using var opened = await EventReader.OpenAsync(_served.Http, Events, "10-1010-end");
        Assert.Equal("progress", (await opened.NextAsync())!.Name);
    }

    [Fact]
    public async Task Where_nothing_happens_a_comment_tells_that_the_stream_is_alive_and_keeps_the_place_new()
    {
        _served.Node.Change(1, job => job with { State = JobState.Parked });
        using var reader = await EventReader.OpenAsync(_served.Http, Events);
        Assert.Equal("parked", Field((await reader.NextAsync())!, "state").GetString());
        _served.Node.Head = Sights.Mark(40);
        _served.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(new EventReader.Event("40-1040", null, "", true), await reader.NextAsync());
    }

    [Fact]
    public async Task Strangers_words_cannot_break_out_of_an_event_nor_turn_it_around()
    {
        const string Evil = "x\n\nevent: end\ndata: {}\u202E\u0007";
        _served.Node.Change(1, job => job with { Reason = Evil });
        _served.Node.Status = new DomainProtocol.Status(DomainName.Of("example.org", 443), Evil, TimeSpan.FromSeconds(2), 1, 0, 0, 0, null, null, null, null);
        _served.Node.Found.Add(Sights.Visit(9) with { Mark = Sights.Mark(10), Status = null, Error = Evil });
        using var reader = await EventReader.OpenAsync(_served.Http, Events, "3-1003");

        foreach (var (name, field) in new[] { ("visit", "outcome"), ("progress", "reason") })
        {
            var next = (await reader.NextAsync())!;
            Assert.Equal((name, "x\n\nevent: end\ndata: {}"), (next.Name, Field(next, field).GetString()));
        }
    }

    [Theory]
    [InlineData("/api/jobs/9/events", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs/0/events", HttpStatusCode.NotFound)]
    [InlineData(Events + "?lastEventId=", HttpStatusCode.BadRequest)]
    [InlineData(Events + "?lastEventId=new", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_followed_is_told_and_by_HEAD_too(string path, HttpStatusCode status)
    {
        Assert.Equal(status, (await _served.Http.GetAsync(path)).StatusCode);
        Assert.Equal(status, (await _served.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path))).StatusCode);
    }

    [Fact]
    public async Task HEAD_answers_with_the_head_alone_and_looks_at_nothing()
    {
        using var head = await _served.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Events));

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (head.StatusCode, head.Content.Headers.ContentType?.ToString()));
        Assert.Equal(0, _served.Node.Looks);
    }

    [Fact]
    public async Task Who_finds_all_places_taken_is_told_when_to_come_back_and_a_place_that_is_left_is_free()
    {
        await using var small = await Served.StartAsync(("AMBLE_LIVE__CONNECTIONS", "1"));
        small.Node.Add("https://example.org/", JobState.Running);
        using (var first = await EventReader.OpenAsync(small.Http, Events))
        {
            await first.NextAsync();
            using var second = await EventReader.OpenAsync(small.Http, Events);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (second.Answer.StatusCode, second.Answer.Headers.RetryAfter?.Delta));
            small.Node.Change(1, job => FakeNode.Ended(job, JobState.Completed));
            small.Clock.Advance(Second);
            Assert.EndsWith("end", await first.ToTheEndAsync());
        }
        using var third = await EventReader.OpenAsync(small.Http, Events);
        Assert.Equal("progress end", await third.ToTheEndAsync());
    }

    [Fact]
    public async Task Many_readers_of_one_job_cost_one_look()
    {
        var readers = new List<EventReader>();
        for (var i = 0; i < 30; i++)
        {
            readers.Add(await EventReader.OpenAsync(_served.Http, Events));
            await readers[i].NextAsync();
        }
        Assert.Equal(1, _served.Node.Looks);
        readers.ForEach(reader => reader.Dispose());
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_streams_at_once()
    {
        using var reader = await EventReader.OpenAsync(_served.Http, Events);
        await reader.NextAsync();
        var stopping = _served.StopAsync();

        Assert.Null(await reader.NextAsync());
        await stopping;
    }

    private void Found(long number, string url)
    {
        _served.Node.Found.Add(Sights.Visit(number) with { Url = PageUrl.FromStored(url) });
        _served.Node.Head = Sights.Mark(number);
    }

    private static JsonElement Field(EventReader.Event what, string name) => JsonDocument.Parse(what.Data).RootElement.GetProperty(name);
}
