using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amble.App.Pages;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Pages;

/// <summary>The proof as people and programs see it: what it says, what it draws, and how much of it.</summary>
[Trait("Seeds", "P-20+")]
public sealed class PolitenessPageSpecs : IAsyncLifetime
{
    private static readonly (double, int)[] Refused = [(0, 200), (1, 200), (1.5, 429), (9.6, 200), (10.6, 200), (11.6, 200), (12.6, 200), (13.6, 200)];

    private Served _served = null!;

    private FakePoliteness Polite => _served.Node.Polite;

    public async Task InitializeAsync() => _served = await Served.StartAsync();

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task It_says_in_words_what_it_draws_and_needs_no_script()
    {
        _served.Node.Add("https://example.org/", JobState.Completed);
        Polite.Domains.Add(FakePoliteness.Asked("example.org", Refused));
        var page = await _served.Http.GetStringAsync("/jobs/1/politeness");

        Assert.Contains("Never closer than 0.50 s, never more than 1 request in flight", page);
        Assert.Contains("8 requests, never closer than 0.50 s; at most 1 in flight; 1 refused (12.5 %); quiet 8.06 s after it refused; left alone once for 8.06 s in all.", page);
        Assert.Single(Band("refusing").Matches(page));
        Assert.Single(Band("blocked").Matches(page));
        Assert.Matches("class=\"least\" d=\"M[0-9. h]+L", page);
        Assert.Contains("12:00:00 UTC", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("http-equiv", page);
        Assert.Contains("href=\"/jobs/1/politeness\"", await _served.Http.GetStringAsync("/jobs/1"));
    }

    [Fact]
    public async Task A_site_that_never_refused_has_no_bands_and_a_single_request_no_chart()
    {
        _served.Node.Add("https://example.org/", JobState.Completed);
        Polite.Domains.Add(FakePoliteness.Asked("example.org", (0, 200), (2, 200)));
        Polite.Domains.Add(FakePoliteness.Asked("one.example.org", (0, 200)));
        var page = await _served.Http.GetStringAsync("/jobs/1/politeness");
        Assert.Single(Regex.Matches(page, "<div class=\"gaps\""));
        Assert.Empty(Band("refusing").Matches(page));
        Assert.DoesNotContain("left alone</li>", page);
        Assert.Contains("verdict good", page);
    }

    [Theory]
    [InlineData(PolitenessOrigin.Nothing, 0L, "No request was sent.")]
    [InlineData(PolitenessOrigin.Gone, 70L, "This job ended before its politeness was kept with its report, and its requests have expired: nobody knows it any more.")]
    public async Task What_cannot_be_told_is_said_in_words(PolitenessOrigin origin, long requests, string said)
    {
        _served.Node.Add("https://example.org/", JobState.Completed);
        (Polite.Origin, Polite.Requests) = (origin, requests);
        Assert.Contains($"<p class=\"none\">{said}</p>", await _served.Http.GetStringAsync("/jobs/1/politeness"));
        Assert.Equal(said, (string)(await AnswerAsync())["says"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await _served.Http.GetAsync("/jobs/2/politeness")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _served.Http.GetAsync("/api/jobs/2/politeness")).StatusCode);
    }

    [Theory]
    [InlineData(PolitenessOrigin.Report, 1, 1, "1 request of this job is not among them: it was still under way when the job ended.")]
    [InlineData(PolitenessOrigin.Report, 1, 10, "10 requests of this job are not among them: they were still under way when the job ended.")]
    [InlineData(PolitenessOrigin.Requests, 1, 10, "10 requests of this job are not among them: they are not stored any more.")]
    [InlineData(PolitenessOrigin.Report, 1_000, 10, "they were still under way when the job ended, or went to domains beyond the 1,000 asked most.")]
    [InlineData(PolitenessOrigin.Requests, 1_000, 10, "they went to domains beyond the 1,000 asked most, or are not stored any more.")]
    public async Task What_the_domains_do_not_account_for_has_its_reason(PolitenessOrigin origin, int domains, int rest, string said)
    {
        _served.Node.Add("https://example.org/", JobState.Cancelled);
        for (var i = 0; i < domains; i++) Polite.Domains.Add(FakePoliteness.Asked($"h{i:000}.example.org", (0, 200), (2, 200)));
        (Polite.Origin, Polite.Requests) = (origin, (2 * domains) + rest);
        Assert.Contains(said, await _served.Http.GetStringAsync("/jobs/1/politeness"));
        Assert.Equal((2 * domains, (2 * domains) + rest), ((int)(await AnswerAsync())["told"]!, (int)(await AnswerAsync())["requests"]!));
    }

    [Fact]
    public async Task Many_domains_come_in_steps_the_most_asked_first()
    {
        _served.Node.Add("https://example.org/", JobState.Completed);
        for (var i = 0; i < 45; i++) Polite.Domains.Add(FakePoliteness.Asked($"h{i:00}.example.org", (0, 200), (2, 200)));
        var first = await _served.Http.GetStringAsync("/jobs/1/politeness");
        Assert.Equal(20, Regex.Matches(first, "class=\"polite\"").Count);
        Assert.Contains("href=\"/jobs/1/politeness?after=19\"", first);
        var last = await _served.Http.GetStringAsync("/jobs/1/politeness?after=39");
        Assert.Equal(5, Regex.Matches(last, "class=\"polite\"").Count);
        Assert.Contains("41 to 45 of 45", last);
        Assert.DoesNotContain("Next domains", last);
        Assert.Contains("There are 45 domains.", await _served.Http.GetStringAsync("/jobs/1/politeness?after=9999"));
        Assert.Equal(HttpStatusCode.BadRequest, (await _served.Http.GetAsync("/jobs/1/politeness?after=x")).StatusCode);
        Assert.Equal(45, (await AnswerAsync())["domains"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_worst_domain_speaks_for_the_job()
    {
        _served.Node.Add("https://example.org/", JobState.Completed);
        Polite.Domains.Add(FakePoliteness.Asked("a.example.org", (0, 200), (1, 200), (2, 200), (3, 200)));
        Polite.Domains.Add(FakePoliteness.Asked("b.example.org", (0, 200), (0.02, 200), (5, 429)));
        var answer = await AnswerAsync();
        Assert.Equal((7, 0.02, 2, 1, 4), ((int)answer["requests"]!, (double)answer["leastGapSeconds"]!, (int)answer["mostInFlight"]!, (int)answer["refused"]!, (int)answer["busiestMinute"]!));
        Assert.Null(answer["secondsToQuiet"]);
        Assert.Equal("7 requests to 2 domains, none asked again within 0.02 s; at most 2 in flight on one; 1 refused (14.29 %), one still refusing at the end.", (string)answer["says"]!);
        Assert.Contains("verdict warn", await _served.Http.GetStringAsync("/jobs/1/politeness"));
    }

    [Fact]
    public async Task Spans_and_gaps_are_in_the_answer_for_programs()
    {
        _served.Node.Add("https://example.org/", JobState.Completed);
        Polite.Domains.Add(FakePoliteness.Asked("example.org", Refused));
        var domain = (await AnswerAsync())["domains"]![0]!;
        Assert.Equal(("2026-03-01T12:00:01.5+00:00", "2026-03-01T12:00:09.6+00:00"), ((string)domain["refusalSpans"]![0]!["from"]!, (string)domain["refusalSpans"]![0]!["to"]!));
        Assert.Equal("2026-03-01T12:00:01.54+00:00", (string)domain["blockSpans"]![0]!["from"]!);
        Assert.Equal(8, domain["gaps"]!.AsArray().Sum(gap => (int)gap!["requests"]!));
        Assert.Equal(313.6, (double)domain["robotsAgeSeconds"]!);
    }

    [Fact]
    public async Task A_job_under_way_is_counted_once_for_all_who_ask_and_says_when()
    {
        _served.Node.Add("https://example.org/", JobState.Running);
        (Polite.Origin, Polite.Requests) = (PolitenessOrigin.Requests, 8);
        Polite.Domains.Add(FakePoliteness.Asked("example.org", Refused));
        for (var i = 0; i < 3; i++) Assert.Contains("Counted from the requests stored by", await _served.Http.GetStringAsync("/jobs/1/politeness"));
        Assert.Contains("<meta http-equiv=\"refresh\"", await _served.Http.GetStringAsync("/jobs/1/politeness"));
        Assert.Equal(1, Polite.Reads);
        _served.Clock.Advance(TimeSpan.FromSeconds(3));
        await _served.Http.GetStringAsync("/jobs/1/politeness");
        Assert.Equal(2, Polite.Reads);
    }

    [Fact]
    public async Task A_page_does_not_wait_for_a_count_that_takes_long()
    {
        var gate = new TaskCompletionSource();
        _served.Node.Add("https://example.org/", JobState.Running);
        Polite.Domains.Add(FakePoliteness.Asked("example.org", Refused));
        Polite.Gate = gate.Task;
        var asked = _served.Http.GetStringAsync("/jobs/1/politeness");
        while (!asked.IsCompleted)
        {
            _served.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        var page = await asked;
        Assert.Contains("are being counted; this page comes back with them by itself.", page);
        Assert.Contains("<meta http-equiv=\"refresh\" content=\"2\">", page);
        gate.SetResult();
        Assert.Equal(8, (int)(await AnswerAsync())["requests"]!);
        Assert.Equal(1, Polite.Reads);
    }

    [Theory]
    [InlineData(0.05, 0.05, "0.05 0.1 0.2 0.5")]
    [InlineData(0.5, 2.1, "0.5 1 2 5")]
    [InlineData(0.02, 65, "0.02 0.2 2 30")]
    [InlineData(0.0007, 0.0009, "0.001 0.002 0.005 0.01")]
    [InlineData(1e6, 2e6, "36000 86400 259200 864000")]
    public void The_scale_spans_all_gaps_and_never_makes_much_of_a_small_difference(double least, double most, string ticks)
    {
        var scale = GapScale.Of([TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most)]);
        Assert.Equal(ticks, string.Join(' ', scale.Ticks.Select(tick => tick.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal((0, 1), (scale.Of(scale.From), scale.Of(scale.To)));
        Assert.InRange(scale.Of(TimeSpan.FromSeconds(most)), scale.Of(TimeSpan.FromSeconds(least)), 1);
    }

    private Task<JsonObject> AnswerAsync() => _served.Http.GetFromJsonAsync<JsonObject>("/api/jobs/1/politeness")!;

    private static Regex Band(string look) => new($"""<rect class="{look}" x=""");
}
