using System.Net.Sockets;
using System.Text.Json.Nodes;
using Amble.App.Inspecting;
using Amble.App.Settings;
using Amble.Behaviours.Inspection;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Inspecting;

/// <summary>The inspection commands on the command line (S-8).</summary>
[Trait("Seeds", "S-8")]
public sealed class InspectVerbSpecs : IDisposable
{
    private readonly Door _door = new();

    public void Dispose() => _door.Dispose();

    private Task<int> InspectAsync(params string[] words) => _door.RunAsync(["inspect", .. words, "--data", _door.Data]);

    /// <summary>As `amble serve` and `amble crawl` do: holds the directory and listens beside.</summary>
    private IAsyncDisposable Running()
    {
        Assert.True(DataDirectory.TryPrepare(_door.Data, out _));
        Assert.True(DirectoryLock.TryTake(_door.Data, socket => new LockHolder(7, "crawl", null, false, null), out var held, out _));
        var listening = InspectionSocket.Listen(DirectoryLock.InspectionPath(_door.Data), _door.Node)!;
        return new Both(listening, held);
    }

    private sealed class Both(IAsyncDisposable first, IDisposable second) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await first.DisposeAsync();
            second.Dispose();
        }
    }

    [Fact]
    public async Task Help_is_made_of_the_table()
    {
        Assert.Equal(0, await _door.RunAsync("inspect", "--help"));
        Assert.All(InspectionCommands.All, command => Assert.Contains($"{command.Usage} ", _door.Out, StringComparison.Ordinal));
        Assert.All(InspectionCommands.All, command => Assert.Contains(command.Tells, _door.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("COMMAND is missing; allowed is domains, domain HOST, why URL, jobs, writer, accesslog, cards, retention, shards.")]
    [InlineData("COMMAND: 'access' is not allowed; allowed is domains, domain HOST, why URL, jobs, writer, accesslog, cards, retention, shards.", "access")]
    [InlineData("HOST is missing; allowed is HOST or HOST:PORT, such as example.org or example.org:8080.", "domain")]
    [InlineData("HOST: 'a.test/x' is not allowed; allowed is HOST or HOST:PORT, such as example.org or example.org:8080.", "domain", "a.test/x")]
    [InlineData("URL: 'a.test' is not allowed; allowed is http://HOST/PATH or https://HOST/PATH.", "why", "a.test")]
    [InlineData("jobs: '1' is not allowed; allowed is nothing: `jobs` takes no argument.", "jobs", "1")]
    [InlineData("--data and --http are given together; allowed is one of them.", "jobs", "--http", "127.0.0.1:1")]
    [InlineData("--token is given without --http; over the local socket of a data directory none is needed.", "jobs", "--token", "x")]
    [InlineData("'--all' is no option of `amble inspect`; allowed are --data, --postgres, --http, --token, --json.", "jobs", "--all")]
    public async Task Wrong_words_are_one_sentence_each(string problem, params string[] words)
    {
        Assert.Equal(2, await InspectAsync(words));
        Assert.Equal(problem, Assert.Single(_door.Problems));
    }

    [Fact]
    public async Task Without_a_node_the_store_answers_what_it_can_and_says_so()
    {
        Directory.CreateDirectory(_door.Data);
        _door.Node.Add("https://example.org/", JobState.Running);
        Assert.Equal(0, await InspectAsync("jobs"));
        Assert.StartsWith($"No node runs on '{_door.Data}'; its store says:\nJobs: 1.\n\njobs:\n  job         1\n", _door.Out, StringComparison.Ordinal);
        Assert.Empty(_door.Node.OpenedWith!.Only!);
        Assert.DoesNotContain("start", _door.Node.Said);
        Assert.Equal(0, await InspectAsync("why", "http://a.test/"));
        Assert.Contains("http://a.test/ is not known: ", _door.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_node_what_only_one_can_answer_is_one_sentence()
    {
        foreach (var command in InspectionCommands.All.Where(command => command.NeedsNode))
        {
            Assert.Equal(2, await InspectAsync(command.Name));
            Assert.StartsWith($"No node runs on '{_door.Data}', and only a running one can answer `inspect {command.Name}`: ", _door.Problems[^1], StringComparison.Ordinal);
        }
        Directory.Delete(_door.Data);
        Assert.Equal(2, await InspectAsync("jobs"));
        Assert.StartsWith($"There is no data directory '{_door.Data}'; ", _door.Problems[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(_door.Data));
    }

    [Fact]
    public async Task A_database_that_a_node_elsewhere_may_be_writing_is_not_opened_for_a_look()
    {
        const string Database = "Host=db;Username=amble;Database=amble";
        Assert.Equal(2, await _door.RunAsync("inspect", "jobs", "--postgres", Database));
        Assert.Equal("No node of this machine runs on PostgreSQL database amble on db:5432; one that runs elsewhere can be looked into with --http HOST:PORT.", Assert.Single(_door.Problems));
        Assert.Null(_door.Node.OpenedWith);
    }

    [Fact]
    public async Task A_running_node_answers_over_its_local_socket()
    {
        _door.Node.Look.Awake.Add(new AwakeDomain(DomainName.Of("a.test", 80), FakeInspection.Status("a.test")));
        await using (Running())
        {
            Assert.Equal(0, await InspectAsync("domains"));
            Assert.Equal(
                $"""
                1 domain is awake.
                No other domain is due.

                awake:
                  domain         a.test
                  doing          waiting for its pace
                  delay seconds  2
                  in flight      0
                  saving         0
                  ready          1
                  next start at  2026-03-01T12:00:01.500Z
                  blocked until  -

                """, _door.Out);
            Assert.Equal(0, await InspectAsync("writer", "--json"));
            Assert.Equal("writer", (string)JsonNode.Parse(_door.Out[_door.Out.IndexOf('{', StringComparison.Ordinal)..])!["command"]!);
        }
    }

    [Fact]
    public async Task Several_rows_stand_in_columns()
    {
        foreach (var name in new[] { "a.test", "much-longer.test" }) _door.Node.Look.Awake.Add(new AwakeDomain(DomainName.Of(name, 80), FakeInspection.Status(name)));
        await using (Running())
        {
            await InspectAsync("domains");
            var lines = _door.Out.Split('\n');
            Assert.StartsWith("  domain            doing                 delay seconds  in flight", lines[4], StringComparison.Ordinal);
            Assert.StartsWith("  a.test            waiting for its pace  2              0", lines[5], StringComparison.Ordinal);
            Assert.StartsWith("  much-longer.test  waiting for its pace  2              0", lines[6], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Strangers_words_stay_words()
    {
        var urls = Hostile.Paths.Select(path => PageUrl.FromStored("http://a.test" + path)).ToList();
        _door.Node.Look.Details = new DomainProtocol.Details(
            FakeInspection.Status("a.test") with { BlockedUntil = FakeInspection.Noon, BlockReason = Hostile.Words[23] }, TimeSpan.FromSeconds(2), null, null, 0, null, null, null, null, null, false, [],
            [.. urls.Select(url => new DomainProtocol.NextUnit(new JobId(1), UnitKind.Page, url, FakeInspection.Noon))],
            [.. Hostile.Words.Select(words => new DecisionMade(FakeInspection.Noon, DecisionKind.Deferred, words, urls[0]))]);
        await using (Running())
        {
            Assert.Equal(0, await InspectAsync("domain", "a.test"));
            Hostile.AssertPlain(_door.Out.ReplaceLineEndings(" "));
            Assert.Equal(Hostile.Words.Count, _door.Out.Split('\n').Count(line => line.Contains("  deferred  ", StringComparison.Ordinal) && line.Contains(Hostile.Mark, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Who_holds_the_directory_and_does_not_listen_is_named()
    {
        Assert.True(DataDirectory.TryPrepare(_door.Data, out _));
        Assert.True(DirectoryLock.TryTake(_door.Data, socket => new LockHolder(7, "cancel", null, false, null), out var held, out _));
        using (held)
        {
            Assert.Equal(2, await InspectAsync("jobs"));
            Assert.Equal($"`amble cancel` (process 7) has the data directory '{_door.Data}' but does not answer; it may have just started or ended: try again.", Assert.Single(_door.Problems));
        }
    }

    [Fact]
    public async Task Nonsense_on_the_socket_is_not_answered_and_does_no_harm()
    {
        await using (Running())
        {
            foreach (var nonsense in new[] { "\n", "{}\n", "GET / HTTP/1.1\n", "{\"command\":\"domain\",\"argument\":\"a/b\"}\n", "{\"command\":7}\n" })
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(DirectoryLock.InspectionPath(_door.Data)));
                await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(nonsense));
                Assert.Equal(0, await socket.ReceiveAsync(new byte[1]));
            }
            Assert.Equal(0, await InspectAsync("shards"));
        }
    }

    [Fact]
    public async Task A_node_elsewhere_answers_over_HTTP()
    {
        await using var served = await Served.StartAsync();
        var address = served.Http.BaseAddress!.Authority;
        Assert.Equal(0, await _door.RunAsync("inspect", "shards", "--http", address, "--token", "any"));
        Assert.Equal("2 nodes own the domains.\n\nshards:\n  shard  node           awake\n  1      10.0.0.1:4053  7\n  2      10.0.0.2:4053  0\n", _door.Out);
        await served.StopAsync();
        Assert.Equal(2, await _door.RunAsync("inspect", "shards", "--http", address));
        Assert.StartsWith($"{address} does not answer as an Amble does: ", Assert.Single(_door.Problems), StringComparison.Ordinal);
    }
}
