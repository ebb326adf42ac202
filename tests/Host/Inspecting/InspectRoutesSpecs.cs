using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amble.Behaviours.Inspection;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Inspecting;

/// <summary>The inspection commands over HTTP (S-8): the table's words, its answers as JSON, and who may ask.</summary>
[Trait("Seeds", "S-8")]
public sealed class InspectRoutesSpecs : IAsyncLifetime
{
    private static readonly MetUrl Open = new(
        new UnitKey(new JobId(1), new PageId(2)), UnitKind.Page, JobState.Running, null, null, UnitLot.Open, null, FakeInspection.Noon, 0, false, null, null, null, null);

    private Served _served = null!;

    private FakeInspection Look => _served.Node.Look;

    public async Task InitializeAsync() => _served = await Served.StartAsync();

    public async Task DisposeAsync() => await _served.DisposeAsync();

    private Task<JsonObject> AskAsync(string what) => _served.Http.GetFromJsonAsync<JsonObject>($"/api/inspect/{what}")!;

    private static JsonObject Row(JsonObject answer, int table, int row = 0) => answer["tables"]![table]!["rows"]![row]!.AsObject();

    [Fact]
    public async Task The_commands_are_listed_as_the_table_has_them()
    {
        var listed = (await _served.Http.GetFromJsonAsync<JsonArray>("/api/inspect"))!;
        Assert.Equal(InspectionCommands.All.Select(command => command.Name), listed.Select(word => (string)word!["name"]!));
        Assert.All(listed, word => Assert.EndsWith(".", (string)word!["tells"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_command_of_the_table_answers()
    {
        foreach (var command in InspectionCommands.All)
        {
            var argument = command.Argument?.Name switch { null => "", "HOST" => "?arg=a.test", _ => "?arg=http://a.test/" };
            var answer = await AskAsync(command.Name + argument);
            Assert.Equal(["command", "argument", "sentences", "tables"], answer.Select(one => one.Key));
            Assert.Equal(command.Name, (string)answer["command"]!);
            Assert.NotEmpty(answer["sentences"]!.AsArray());
        }
    }

    [Fact, Trait("Seeds", "P-20+")]
    public async Task A_domain_tells_how_it_was_asked_lately_whether_it_sleeps_or_not()
    {
        _served.Node.Polite.Domains.Add(FakePoliteness.Asked("a.test", (0, 200), (0.25, 503)));
        foreach (var details in new[] { null, Details() })
        {
            Look.Details = details;
            var answer = await AskAsync("domain?arg=a.test");
            Assert.Equal("In the last 24 h: 2 requests, never closer than 0.25 s; at most 1 in flight; 1 refused (50 %); still refusing at the end.", (string)answer["sentences"]!.AsArray()[^1]!);
            var row = answer["tables"]!.AsArray()[^1]!["rows"]![0]!;
            Assert.Equal((2, 0.25, 1, 0.5, false), ((int)row["requests"]!, (double)row["leastGapSeconds"]!, (int)row["mostInFlight"]!, (double)row["refusedShare"]!, (bool)row["isQuiet"]!));
        }
        Assert.DoesNotContain("24 h", (await AskAsync("domain?arg=b.test"))["sentences"]!.ToJsonString());
    }

    private static DomainProtocol.Details Details() => new(
        FakeInspection.Status("a.test"), TimeSpan.FromSeconds(2), null, null, 0, null, null, null, null, null, false, [], [], []);

    [Fact]
    public async Task Domains_are_told_with_their_spans_in_seconds_and_a_list_that_is_cut_says_so()
    {
        Look.Awake.Add(new AwakeDomain(DomainName.Of("a.test", 80), FakeInspection.Status("a.test")));
        Look.Awake.Add(new AwakeDomain(DomainName.Of("b.test", 80), null));
        Look.MoreAwake = 5;
        Look.Due.Add(new DueDomain(DomainName.Of("a.test", 80), FakeInspection.Noon));
        Look.Due.Add(new DueDomain(DomainName.Of("c.test", 80), FakeInspection.Noon));

        var answer = await AskAsync("domains");

        Assert.Equal(["7 domains are awake; the first 2 by name are told.", "1 domain is due and asleep."], answer["sentences"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(("a.test", 2.0, "2026-03-01T12:00:01.500Z"), ((string)Row(answer, 0)["domain"]!, (double)Row(answer, 0)["delaySeconds"]!, (string)Row(answer, 0)["nextStartAt"]!));
        Assert.Equal("does not answer", (string)Row(answer, 0, 1)["doing"]!);
        Assert.Equal((false, true), ((bool)answer["tables"]![0]!["complete"]!, (bool)answer["tables"]![1]!["complete"]!));
        Assert.Equal("c.test", (string)Row(answer, 1)["domain"]!);
    }

    [Fact]
    public async Task A_domain_tells_its_clocks_its_queue_and_its_decisions()
    {
        var url = PageUrl.FromStored("http://a.test/next");
        Look.Details = new DomainProtocol.Details(
            FakeInspection.Status("a.test") with { BlockedUntil = FakeInspection.Noon.AddSeconds(30), BlockReason = "the site asked for it" }, TimeSpan.FromSeconds(2), null,
            TimeSpan.FromSeconds(1), 3, null, FakeInspection.Noon, null, null, null, true,
            [new DomainProtocol.RobotsSeen("http://a.test", 200, true, FakeInspection.Noon, FakeInspection.Noon.AddDays(1))],
            [new DomainProtocol.NextUnit(new JobId(4), UnitKind.Page, url, FakeInspection.Noon)],
            [new DecisionMade(FakeInspection.Noon, DecisionKind.Blocked, "Nothing is asked until then.", url)]);

        var answer = await AskAsync("domain?arg=A.test:80");

        Assert.Equal("a.test is awake: waiting for its pace.", (string)answer["sentences"]![0]!);
        Assert.Equal(["clocks", "robots", "next", "decisions"], answer["tables"]!.AsArray().Select(table => (string)table!["name"]!));
        var clocks = Row(answer, 0);
        Assert.Equal((1.0, 3, "the site asked for it"), ((double)clocks["refusedSeconds"]!, (int)clocks["goodInARow"]!, (string)clocks["blockReason"]!));
        Assert.Null(clocks["heldSeconds"]);
        Assert.Equal((4, "http://a.test/next"), ((int)Row(answer, 2)["job"]!, (string)Row(answer, 2)["url"]!));
        Assert.Equal(("blocked", "Nothing is asked until then."), ((string)Row(answer, 3)["what"]!, (string)Row(answer, 3)["reason"]!));
    }

    [Fact]
    public async Task Who_does_not_answer_is_a_sentence_and_the_store_stands_in()
    {
        Look.IsSilent = true;
        Look.Met.Add(Open);
        Assert.Equal("a.test is not known: no job has asked it for anything.", (string)(await AskAsync("domain?arg=a.test"))["sentences"]![0]!);
        Assert.Equal("Job 1: it is due; whoever owns its domain did not answer within 5 s, so what it waits for is not known.", (string)(await AskAsync("why?arg=http://a.test/"))["sentences"]![0]!);
        Assert.Equal("The writer's node did not answer within 5 s.", (string)(await AskAsync("writer"))["sentences"]![0]!);
        Assert.Equal("Who knows the owners did not answer within 5 s.", (string)(await AskAsync("shards"))["sentences"]![0]!);
    }

    [Fact]
    public async Task The_writer_says_how_it_fares()
    {
        var answer = await AskAsync("writer");
        Assert.Equal(("The writer is at work.", 3, 0.25, 0.018), ((string)answer["sentences"]![0]!, (int)Row(answer, 0)["waiting"]!, (double)Row(answer, 0)["oldestSeconds"]!, (double)Row(answer, 0)["longestTurnSeconds"]!));
        Assert.Equal(("bulk", 400), ((string)Row(answer, 1, 1)["class"]!, (int)Row(answer, 1, 1)["done"]!));
        foreach (var (view, said) in new[]
        {
            (Look.Writer with { Waiting = 0 }, "The writer has nothing to do."), (Look.Writer with { HasRoom = false }, "The writer is behind, and the crawl is held back until it has room again."),
            (Look.Writer with { Trouble = "The disk is full." }, "The store does not take what is written: The disk is full."),
        })
        {
            Look.Writer = view;
            Assert.Equal(said, (string)(await AskAsync("writer"))["sentences"]![0]!);
        }
    }

    [Fact]
    public async Task The_owners_of_shards_are_told() =>
        Assert.Equal(("2 nodes own the domains.", "10.0.0.1:4053"), ((string)(await AskAsync("shards"))["sentences"]![0]!, (string)Row(await AskAsync("shards"), 0)["node"]!));

    [Fact]
    public async Task A_URL_that_waits_is_told_with_its_standing()
    {
        Look.Met.Add(Open);
        Look.Standing = new DomainProtocol.Standing(FakeInspection.Status("a.test"), DomainProtocol.UnitPlace.Ready, 2, null, false, false);
        var answer = await AskAsync("why?arg=http://a.test/");
        Assert.Equal("Job 1: it is due; 2 come before it; its domain's pace is one request every 2 s, the next at 2026-03-01 12:00:01Z, so its turn comes at 2026-03-01 12:00:05Z at the earliest unless the pace quickens.", (string)answer["sentences"]![0]!);
        Assert.Equal("open", (string)Row(answer, 0)["lot"]!);
    }

    [Theory]
    [InlineData("nothing", HttpStatusCode.NotFound, "'nothing' is no inspection command; allowed are domains, domain HOST, why URL, jobs, writer, accesslog, cards, retention, shards.")]
    [InlineData("domain", HttpStatusCode.BadRequest, "arg is missing; allowed is HOST or HOST:PORT, such as example.org or example.org:8080.")]
    [InlineData("domain?arg=a/b", HttpStatusCode.BadRequest, "arg: 'a/b' is not allowed; allowed is HOST or HOST:PORT, such as example.org or example.org:8080.")]
    [InlineData("why?arg=ftp://a", HttpStatusCode.BadRequest, "arg: 'ftp://a' is not allowed; allowed is http://HOST/PATH or https://HOST/PATH.")]
    [InlineData("jobs?arg=1", HttpStatusCode.BadRequest, "arg: '1' is not allowed; allowed is nothing: `jobs` takes no argument.")]
    public async Task What_is_not_right_is_told_with_what_is_allowed(string what, HttpStatusCode code, string detail)
    {
        using var answer = await _served.Http.GetAsync($"/api/inspect/{what}");
        Assert.Equal((code, detail), (answer.StatusCode, (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task Beyond_this_machine_looking_inside_needs_the_token(string method)
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(null)).StatusCode);
        var token = _served.Tokens.Renew();
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(token + "x")).StatusCode);
        Assert.NotEqual(HttpStatusCode.Forbidden, (await SendAsync(token)).StatusCode);

        async Task<HttpResponseMessage> SendAsync(string? bearer)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/api/inspect/jobs");
            request.Headers.Host = "amble.example.org";
            if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
            return await _served.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_foreign_page_may_not_look_inside()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/inspect/jobs");
        request.Headers.Add("Origin", "https://attacker.test");
        using var answer = await _served.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode.Forbidden, "A page of another origin may not look inside here."), (answer.StatusCode, (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!));
    }
}
