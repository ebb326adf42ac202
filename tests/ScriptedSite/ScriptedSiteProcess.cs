using System.Diagnostics;
using System.Net.Http.Json;

namespace Amble.ScriptedSites;

/// <summary>The site in a process of its own: for benchmarks, and for tests that kill what crawls it.</summary>
public sealed class ScriptedSiteProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _reports;

    private ScriptedSiteProcess(Process process, Uri address) =>
        (_process, Port, _reports) = (process, address.Port, new HttpClient { BaseAddress = address });

    public int Port { get; }

    /// <summary>The process, for who measures what it needs.</summary>
    public int Id => _process.Id;

    public string UrlOf(int domain, string path = "/") => $"http://{SitePlan.HostOf(domain)}:{Port}{path}";

    /// <summary>The same for a client that does not send every connection here: domain 1 answers to the address.</summary>
    public string UrlByAddress(string path = "/") => $"http://127.0.0.1:{Port}{path}";

    /// <param name="words">The site's command line, as in <c>--pages 5000 --rate 5</c>.</param>
    public static Task<ScriptedSiteProcess> StartAsync(params string[] words) => StartAsync(punctual: false, words);

    /// <param name="punctual">It judges gaps, see <see cref="Punctual"/>.</param>
    public static async Task<ScriptedSiteProcess> StartAsync(bool punctual, params string[] words)
    {
        var start = Punctual.Start(punctual, "dotnet", [typeof(ScriptedSiteProcess).Assembly.Location, "--until-input-ends", .. words]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The scripted site's process did not start.");
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The scripted site ended before it listened; its error output says why.");
        return new ScriptedSiteProcess(process, new Uri(line["listening on ".Length..]));
    }

    public async Task<DomainStats> StatsOfAsync(int domain) =>
        await _reports.GetFromJsonAsync<DomainStats>($"/__stats?domain={domain}") ?? throw new InvalidDataException("The scripted site gave no stats.");

    public async Task<IReadOnlyList<DomainStats>> StatsAsync() =>
        await _reports.GetFromJsonAsync<DomainStats[]>("/__stats") ?? throw new InvalidDataException("The scripted site gave no stats.");

    public async Task<IReadOnlyList<LoggedRequest>> LogAsync() => LogTable.Parse(await _reports.GetStringAsync("/__log"));

    /// <summary>Changes behaviour, by the command line's words as a query: <c>rate=5&amp;burst=5</c>.</summary>
    public async Task ChangeAsync(string query) => (await _reports.GetAsync($"/__config?{query}")).EnsureSuccessStatusCode();

    public async Task ClearLogAsync() => (await _reports.GetAsync("/__reset")).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        _reports.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
