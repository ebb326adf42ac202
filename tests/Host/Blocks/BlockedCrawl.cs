using System.Net;
using System.Text.Json.Nodes;
using Amble.App;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Host.Specs.Blocks;

/// <summary>
/// A whole crawl of a scripted site, one request at a time and quickly, and what an operator sees of it: the terminal, <c>--json</c>, the
/// job's page and the API.
/// </summary>
internal sealed class BlockedCrawl : IDisposable
{
    private static readonly JobId _job = new(1);

    private readonly Door _door = new();
    private NodeSettings? _settings;

    public BlockedCrawl() => _door.Open = settings => Wiring.OpenNode(_settings = settings with { Crawl = new CrawlSettings { Pace = Pace, Retry = Retry, ReadAgain = Ms(10) } });

    public PaceSettings Pace { get; set; } = PaceSettings.Default with
    {
        WarmUp = Ms(10),
        Floor = Ms(10),
        Step = Ms(10),
        StepsDownTo = Ms(10),
        Fastest = Ms(10),
        JitterShare = 0,
        Estimate = Ms(1),
        BlockFirst = Ms(20),
        BlockMost = Ms(40),
    };

    public RetrySettings Retry { get; set; } = RetrySettings.Default with { ThrottleWaitFirst = Ms(1), ThrottleWaitMost = Ms(20), ErrorWaitStep = Ms(1) };

    public string Out => _door.Out;

    public string Err => _door.Err;

    public string Data => _door.Data;

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>The exit code and what <c>--json</c> wrote.</summary>
    public async Task<(int Exit, JsonObject Sums)> RunAsync(ScriptedSite site)
    {
        var path = _door.PathOf("sums.json");
        var exit = await _door.CrawlAsync(site.UrlByAddress(), "--allow-private", "--json", path);
        using var store = SqliteStore.Open(_door.Data, StoreFixture.Unpack);
        Assert.Empty(store.CheckConsistency());
        return (exit, JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject());
    }

    /// <summary><c>amble retry 1</c>.</summary>
    public Task<int> RetryAsync() => _door.RunAsync("retry", "1", "--data", _door.Data);

    /// <summary>The job's page, as text without its tags' attributes, and the API's answer.</summary>
    public async Task<(string Page, JsonObject Job)> LookAsync()
    {
        await using var node = Wiring.OpenNode(_settings! with { Only = [] });
        await using var app = Serve(node);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var job = JsonNode.Parse(await http.GetStringAsync("/api/jobs/1"))!.AsObject();
        return (WebUtility.HtmlDecode(await http.GetStringAsync("/jobs/1")), job);
    }

    /// <summary>Asks a running node to retry the job, and waits for its end.</summary>
    public async Task<JsonObject> RetryOverHttpAsync()
    {
        await using var node = Wiring.OpenNode(_settings! with { Only = null });
        node.Runtime.Start();
        await using var app = Serve(node);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var answer = await http.PostAsync("/api/jobs/1/retry", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await node.Runtime.WhenEndedAsync(_job, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        return JsonNode.Parse(await http.GetStringAsync("/api/jobs/1"))!.AsObject();
    }

    public void Dispose() => _door.Dispose();

    private Microsoft.AspNetCore.Builder.WebApplication Serve(INode node) =>
        NodeServer.Build(new ServeNode(node, Door.Settings(("--data", _door.Data)), new TokenFile(_door.Data)), [new IPEndPoint(IPAddress.Loopback, 0)], socket: null, TimeProvider.System);
}
