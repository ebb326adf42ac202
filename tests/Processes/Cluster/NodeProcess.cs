using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Amble.Processes.Specs.Cluster;

/// <summary>One node as a process, in as many lives as a test gives it.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly string[] _command;
    private readonly HttpClient _doors;
    private AmbleProcess? _process;

    public NodeProcess(int number, int port, int http, string seeds, int sitePort, IReadOnlyDictionary<string, string> environment)
    {
        Address = AddressOf(number);
        _environment = environment;
        _doors = new HttpClient { BaseAddress = new Uri($"http://{Address}:{http}/") };
        _command =
        [
            "serve", "--http", $"{Address}:{http}", "--cluster", "--hostname", Address, "--port", $"{port}", "--seed-nodes", seeds,
            "--allow-private", "--connect-to", $"127.0.0.1:{sitePort}",
        ];
    }

    /// <summary>Where it listens, and where its requests come from.</summary>
    public string Address { get; }

    /// <summary>Where its pages are.</summary>
    public Uri Door => _doors.BaseAddress!;

    /// <summary>Of its process.</summary>
    public int Id => Process.Id;

    public bool HasEnded => Process.HasEnded;

    public string Err => Process.Err;

    /// <summary>On both streams, so far: what the cluster has to tell is in the first.</summary>
    public string Said => Process.Out + Process.Err;

    public static string AddressOf(int number) => $"127.0.0.{number}";

    public void Start() => _process = AmbleProcess.Start(_environment, _command);

    public Task ReadyAsync() => Until.TrueAsync($"the node {Address} to be ready", async () =>
    {
        if (HasEnded) throw new InvalidOperationException($"The node {Address} has ended: {Said}");
        return await IsReadyAsync();
    });

    /// <summary>Waits until it is a member again; a process that ended is started again, as a supervisor would.</summary>
    public Task BackAsync() => Until.TrueAsync($"the node {Address} to be a member again", async () =>
    {
        if (HasEnded) Start();
        return await IsReadyAsync();
    }, every: TimeSpan.FromMilliseconds(200));

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            return (await _doors.GetAsync("readyz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<long> CreateJobAsync(string url)
    {
        using var answer = await _doors.PostAsJsonAsync("api/jobs", new { url });
        answer.EnsureSuccessStatusCode();
        return (long)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["job"]!;
    }

    public async Task<JsonObject> JobAsync(long job) => (await _doors.GetFromJsonAsync<JsonObject>($"api/jobs/{job}"))!;

    /// <summary>What <c>amble inspect</c> tells, as this node does; null while it does not answer.</summary>
    public async Task<JsonObject?> InspectAsync(string command, string? argument = null)
    {
        try
        {
            return await _doors.GetFromJsonAsync<JsonObject>($"api/inspect/{command}{(argument is null ? "" : $"?arg={Uri.EscapeDataString(argument)}")}");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The node that writes for all, as this one sees it; null while it does not know.</summary>
    public async Task<string?> WriterAtAsync() => (string?)(await InspectAsync("writer"))?["tables"]?.AsArray().FirstOrDefault()?["rows"]?[0]?["node"];

    /// <summary>The members that it has heard of, and which of them another one misses; null while it does not answer.</summary>
    public async Task<JsonNode?> MembersAsync()
    {
        try
        {
            return (await _doors.GetFromJsonAsync<JsonObject>("healthz"))!["members"];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>It has heard of so many members, and of none that another one misses.</summary>
    public async Task<bool> SeesAllAsync(int nodes)
    {
        var members = await MembersAsync();
        return (int?)members?["count"] == nodes && members!["unreachable"]!.AsArray().Count == 0;
    }

    /// <summary>What to tell of it when the cluster did not become what it should.</summary>
    public async Task<string> TellAsync() =>
        $"The node {Address} {(HasEnded ? "has ended" : $"knows the writer {await WriterAtAsync()} and the members {(await MembersAsync())?.ToJsonString()}")}. It said: {Said}";

    /// <summary>Waits until each of them has ended, as this node tells it.</summary>
    public async Task<IReadOnlyList<JsonObject>> EndedAsync(IEnumerable<long> jobs)
    {
        var ended = new List<JsonObject>();
        foreach (var job in jobs)
        {
            await Until.TrueAsync($"job {job} to end", async () => (string)(await JobAsync(job))["state"]! is "completed" or "failed" or "blocked" or "cancelled", TimeSpan.FromMinutes(10));
            ended.Add(await JobAsync(job));
        }
        return ended;
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>SIGSTOP: it is there and does nothing.</summary>
    public void Freeze() => Process.Freeze();

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Process.Thaw();

    /// <summary>Ctrl-C: it leaves in order.</summary>
    public async Task<Outcome> LeaveAsync()
    {
        Process.Interrupt();
        return await Process.EndAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task<Outcome> EndAsync() => Process.EndAsync();

    public async ValueTask DisposeAsync()
    {
        _doors.Dispose();
        if (_process is not null) await _process.DisposeAsync();
    }

    private AmbleProcess Process => _process ?? throw new InvalidOperationException("The node was not started.");
}
