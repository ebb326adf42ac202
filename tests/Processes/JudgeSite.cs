using System.Diagnostics;
using Amble.ScriptedSites;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>
/// The site that judges the long tests: the one beside this repository where it is there, which nobody here wrote, else our own. Both
/// take the words that are used here and keep the same log.
/// </summary>
public sealed class JudgeSite : IAsyncDisposable
{
    private static readonly Lazy<Task<string?>> _built = new(BuildAsync);

    private readonly IAsyncDisposable _site;
    private readonly HttpClient _reports;
    private long _seen;

    private JudgeSite(IAsyncDisposable site, int port, bool ours, HttpClient reports) => (_site, Port, IsOurs, _reports) = (site, port, ours, reports);

    public int Port { get; }

    public bool IsOurs { get; }

    /// <summary>The first domain's home page; connections go to <see cref="Port"/> of the loopback address.</summary>
    public string Home => HomeOf(1);

    public string HomeOf(int domain) => $"http://site-{domain:00000}.test:{Port}/";

    /// <param name="punctual">It judges gaps, see <see cref="Punctual"/>.</param>
    public static async Task<JudgeSite> StartAsync(ITestOutputHelper output, bool punctual, params string[] words)
    {
        var reports = new HttpClient();
        if (await _built.Value is not { } program)
        {
            output.WriteLine("told: left out: the judge of ../shared/testsite is not there; our own scripted site takes its place");
            var ours = await ScriptedSiteProcess.StartAsync(punctual, [.. OurWords(words)]);
            reports.BaseAddress = new Uri(ours.UrlByAddress());
            return new JudgeSite(ours, ours.Port, true, reports);
        }
        var port = Ports.Free();
        var start = Punctual.Start(punctual, "dotnet", [program, "--port", $"{port}", .. words]);
        start.RedirectStandardOutput = true;
        var site = Process.Start(start)
            ?? throw new InvalidOperationException("The judge did not start.");
        _ = site.StandardOutput.ReadToEndAsync();
        reports.BaseAddress = new Uri($"http://127.0.0.1:{port}/");
        var judge = new JudgeSite(new Killed(site), port, false, reports);
        await Until.TrueAsync("the judge to listen", async () => site.HasExited || await judge.AnswersAsync());
        return judge;
    }

    /// <summary>How many requests there were, asked for in small answers: large ones would make the judge collect its garbage while it measures.</summary>
    public async Task<long> CountAsync()
    {
        await NewsAsync();
        return _seen;
    }

    /// <summary>The requests since this or <see cref="CountAsync"/> was last asked.</summary>
    public async Task<IReadOnlyList<LoggedRequest>> NewsAsync()
    {
        var news = LogTable.Parse(await _reports.GetStringAsync($"__log?since={_seen + 1}"));
        _seen = news.Count == 0 ? _seen : news[^1].Number;
        return news;
    }

    public async Task<IReadOnlyList<LoggedRequest>> LogAsync() => LogTable.Parse(await _reports.GetStringAsync("__log"));

    public async Task<DomainStats> StatsAsync(int pages) => DomainStats.From(1, await LogAsync(), pages);

    public async Task ClearLogAsync()
    {
        (await _reports.GetAsync("__reset")).EnsureSuccessStatusCode();
        _seen = 0;
    }

    public async ValueTask DisposeAsync()
    {
        _reports.Dispose();
        await _site.DisposeAsync();
    }

    /// <summary>Our own names a flag's value; how oddly it writes its links, how large its pages are, and what single domains do cannot be chosen.</summary>
    private static IEnumerable<string> OurWords(string[] words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] is "--messy" or "--policies" or "--min-kb" or "--max-kb" or "--drip") at++;
            else yield return words[at];
            if (words[at] == "--traps") yield return "true";
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await _reports.GetAsync("__log")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private static async Task<string?> BuildAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Actors.sln"))) root = root.Parent;
        var source = root?.Parent is { } beside ? Path.Combine(beside.FullName, "shared", "testsite") : null;
        if (source is null || !Directory.Exists(source)) return null;
        var output = Path.Combine(root!.FullName, "out", "judge");
        using var build = Process.Start(new ProcessStartInfo(
            "dotnet", ["build", source, "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false", "--artifacts-path", Path.Combine(output, "art"), "-o", Path.Combine(output, "bin")])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0 ? Path.Combine(output, "bin", "testsite.dll") : throw new InvalidOperationException($"The judge does not build: {said}");
    }

    private sealed class Killed(Process process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
