using System.Text.Json;
using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// A node in a process of its own that knows many domains and asks none of them: store, runtime and waker are the product's, the web answers
/// at once. What is told is what it holds after everything has come to rest.
/// </summary>
internal static class IdleNode
{
    public const string Word = "idle-node";
    public const string Fill = "fill";
    public const string Open = "open";
    public const string Wake = "wake";

    private const int AtOnce = 1_000;

    /// <param name="words">What to do, the data directory, how many domains.</param>
    public static async Task<int> RunAsync(string[] words)
    {
        using var store = SqliteStore.Open(words[1], _ => []);
        var domains = int.Parse(words[2]);
        switch (words[0])
        {
            case Fill: FillStore(store, domains); break;
            case Open: await OpenAsync(store); break;
            case Wake: await WakeAsync(store, domains); break;
        }
        return 0;
    }

    private static void FillStore(SqliteStore store, int domains)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var some in Enumerable.Range(1, domains).Chunk(AtOnce))
        {
            store.Writes.Commit([.. some.Select(domain => new WriterProtocol.SaveMemory(
                DomainMemory.Blank(NameOf(domain)) with { Delay = TimeSpan.FromMilliseconds(500), LastStartAt = now, LastGoodAt = now }, now))]);
        }
    }

    private static async Task OpenAsync(SqliteStore store)
    {
        await using var runtime = Runtime(store);
        await TellAsync();
    }

    private static async Task WakeAsync(SqliteStore store, int domains)
    {
        await using var runtime = Runtime(store);
        // The first ones make the code and the caches what they are in a process that has worked.
        await CrawlAsync(runtime, Enumerable.Range(1, AtOnce));
        await TellAsync();
        await CrawlAsync(runtime, Enumerable.Range(AtOnce + 1, domains));
        await TellAsync();
    }

    /// <summary>Every domain is woken for a job of one page and goes to sleep again.</summary>
    private static async Task CrawlAsync(LocalRuntime runtime, IEnumerable<int> domains)
    {
        foreach (var some in domains.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(domain => runtime.CreateAsync(JobOf(domain), CancellationToken.None)));
            while (runtime.Health.DomainsAwake > 0 || runtime.Health.Waiting > 0)
            {
                await Task.Delay(5);
            }
        }
    }

    private static async Task TellAsync()
    {
        // Some rounds of the waker, one a second.
        await Task.Delay(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        var resident = (ChildProcess.Kilobytes(Environment.ProcessId, "VmRSS:") ?? 0) * 1024;
        Console.WriteLine(JsonSerializer.Serialize(new Held(resident, GC.GetTotalMemory(forceFullCollection: true))));
    }

    private static LocalRuntime Runtime(SqliteStore store)
    {
        var settings = new LocalSettings(
            new CrawlSettings(), WriterQueueSettings.Default, null, TimeSpan.FromSeconds(1), (key, surprise) => throw new InvalidOperationException(key, surprise));
        var runtime = new LocalRuntime(new PoolScheduler(TimeProvider.System), store.Reads, store.Writes, new InstantWeb(), settings);
        runtime.Start();
        return runtime;
    }

    private static DomainName NameOf(int domain) => DomainName.FromStored($"site-{domain:000000}.test");

    private static NewJob JobOf(int domain) =>
        PageUrl.TryParse($"http://{NameOf(domain)}/", out var start, out var problem)
            ? new NewJob(start, JobLimits.None, 1, Unpaced: true, Warm: false)
            : throw new InvalidOperationException(problem);

    /// <summary>Bytes.</summary>
    internal sealed record Held(double Resident, double Heap);

    /// <summary>Every site is one page without links, and has neither robots.txt nor sitemap.</summary>
    private sealed class InstantWeb : IWeb
    {
        public Task<FetchOutcome> FetchSitemapAsync(FetchRequest request, IDeparture departure, StorePart store, CancellationToken stop) => FetchAsync(request, departure, stop);

        public Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, CancellationToken stop)
        {
            var now = DateTimeOffset.UtcNow;
            departure.Left(now);
            var status = request.Kind is RequestKind.Robots or RequestKind.Sitemap ? 404 : 200;
            return Task.FromResult<FetchOutcome>(new FetchOutcome.Answered(
                now, TimeSpan.FromMilliseconds(1), default, status, 1_000, "text/html", null, [], null, null, "Content-Type: text/html\n", null, null));
        }
    }
}
