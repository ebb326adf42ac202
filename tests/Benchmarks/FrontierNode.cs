using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// A node in a process of its own with a frontier of a given size: store, writer and runtime are the product's, the web answers at once. All
/// URLs come in through sitemaps, then a number of pages is crawled; each of them links to forty others, one of which is new, so that as
/// many are open at the end as at the beginning.
/// </summary>
internal static class FrontierNode
{
    public const string Word = "frontier-node";

    private const int Links = 40;
    private const int InFlight = 64;

    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(20);

    /// <param name="words">The data directory, open URLs in all, domains, jobs on each of them, pages to be crawled.</param>
    public static async Task<int> RunAsync(string[] words)
    {
        var (open, domains, jobs, visits) = (Number(words[1]), Number(words[2]), Number(words[3]), Number(words[4]));
        using var store = SqliteStore.Open(words[0], _ => []);
        var (reads, times) = TimedReads.Of(store.Reads);
        var listed = open / domains / jobs;
        var newest = listed;
        var web = new ListedWeb(listed, domains * jobs, (request, page) => ListedWeb.Answer(200, TimeSpan.FromMilliseconds(7), null, PageOf(request, page, listed, ref newest)));
        var settings = new LocalSettings(
            new CrawlSettings(), WriterQueueSettings.Default, null, TimeSpan.FromSeconds(1), (key, surprise) => Environment.FailFast(key, surprise));
        await using var runtime = new LocalRuntime(new PoolScheduler(TimeProvider.System), reads, store.Writes, web, settings);
        runtime.Start();
        var began = Stopwatch.GetTimestamp();
        for (var job = 0; job < jobs; job++)
        {
            for (var domain = 1; domain <= domains; domain++) await runtime.CreateAsync(JobOf(domain, job), CancellationToken.None);
        }
        await web.AllListed;
        var filling = Stopwatch.GetElapsedTime(began);
        var filled = Resident();

        times.Begin();
        began = Stopwatch.GetTimestamp();
        while (web.PagesAnswered < visits) await Task.Delay(_beat);
        var crawling = Stopwatch.GetElapsedTime(began);
        var resident = Resident();
        await runtime.StopAsync(TimeSpan.FromSeconds(30));
        var stillOpen = store.Reads.ReadJobs(1_000, null, null).Sum(job => job.Pending);
        Console.WriteLine(JsonSerializer.Serialize(new Held(
            stillOpen, open / filling.TotalSeconds, filled, resident, times.Windows.Count, times.Windows.Median, times.Windows.Share(0.99), times.Windows.Most, times.Computing.Median, times.Computing.Share(0.99),
            visits / crawling.TotalSeconds, runtime.Health.LongestTurn.TotalMilliseconds)));
        return 0;
    }

    private static PageContent PageOf(FetchRequest request, int page, int listed, ref int newest)
    {
        var chance = new Random(page);
        var found = new FoundUrl[Links];
        for (var i = 0; i < Links; i++)
        {
            var number = i == 0 ? Interlocked.Increment(ref newest) : chance.Next(listed) + 1;
            found[i] = new FoundUrl(ListedWeb.UrlOf(request.Url.Origin, number), request.Depth + 1, 0, $"Page {number}");
        }
        return new PageContent($"Page {page}", null, false, false, found, [], Links, new byte[600]);
    }

    private static NewJob JobOf(int domain, int job) => new(
        PageUrl.FromStored($"http://site-{domain:00000}.test/{(job == 0 ? "" : $"start/{job}")}"), JobLimits.None, InFlight, Unpaced: true, Warm: false);

    private static double Resident() => (ChildProcess.Kilobytes(Environment.ProcessId, "VmRSS:") ?? 0) / 1024;

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    /// <summary>What is told. Sizes in MB, times of window reads, and of as much computing, in ms.</summary>
    internal sealed record Held(
        long Open, double UrlsPerSecond, double Filled, double Resident, int Reads, double Median, double P99, double Longest, double Computing, double ComputingP99,
        double PagesPerSecond, double LongestTurn);
}
