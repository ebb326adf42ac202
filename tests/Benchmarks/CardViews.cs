using System.Diagnostics;
using System.Net;
using Amble.Behaviours.Cards;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// 500 views a second on pages without a card while jobs end one after the other (C-4, C-6). In turns: views draw nothing (the control),
/// views draw, the control again, and nobody looks; each for as long in every round.
/// </summary>
internal static class CardViews
{
    private const int Pages = 20_000;
    private const int PagesOfJob = 150;
    private const int PerSecond = 500;
    private const int MostUnanswered = 1_000;

    private static readonly TimeSpan _segment = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(10);

    private sealed record Segment(string Name, int Slots, bool IsLookedAt)
    {
        public Figures P99 { get; } = new();
        public Figures JobEnd { get; } = new();
        public int Views { get; set; }
        public int Wrong { get; set; }
        public int Troubles { get; set; }
        public CardTotals Cards { get; set; }
    }

    private readonly record struct CardTotals(long Offered, long Skipped, long Drawn);

    public static async Task RunAsync(BenchmarkOptions options)
    {
        var artist = CardNode.Artist();
        if (await artist is not { } painter)
        {
            Console.WriteLine("views: left out, since no painter is built in");
            return;
        }
        Console.WriteLine($"views: {PerSecond} a second for {options.Rounds} times {_segment.TotalSeconds:0} s on {Pages:N0} pages without a card, while jobs of {PagesOfJob} pages end; painter {painter.Painter}");
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        try
        {
            await LargeJob.CrawlAsync(directory.FullName, Pages);
            Segment[] segments = [new("control: views draw nothing", 0, true), new("views draw", 2, true), new("control again", 0, true), new("nobody looks", 2, false)];
            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var segment in segments) await MeasureAsync(segment, directory.FullName, artist, $"{round}-{Array.IndexOf(segments, segment)}");
            }
            Write(segments);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(Segment segment, string directory, Task<ICardArtist?> artist, string name)
    {
        await using var node = new CardNode(directory, CardSettings.Default with { Slots = segment.Slots }, artist, PagesOfJob);
        await node.StartAsync();
        var began = Stopwatch.GetTimestamp();
        var jobs = EndJobsAsync(node, name, began);
        var (waits, wrong) = segment.IsLookedAt ? await LookAsync(node.Address, began) : (new Figures(), 0);
        await jobs;
        var counts = node.Runtime.Cards.Counts;
        if (segment.IsLookedAt) segment.P99.Add(waits.Share(0.99));
        segment.JobEnd.Add(node.JobEnds.Median);
        segment.Views += waits.Count;
        segment.Wrong += wrong;
        segment.Troubles += node.Troubles;
        segment.Cards = new CardTotals(segment.Cards.Offered + counts.Offered, segment.Cards.Skipped + counts.Skipped, segment.Cards.Drawn + counts.Drawn);
    }

    private static async Task EndJobsAsync(CardNode node, string name, long began)
    {
        for (var job = 0; Stopwatch.GetElapsedTime(began) < _segment; job++) await node.CrawlAsync(PageUrl.FromStored($"http://views-{name}-{job}.test/"));
    }

    private static async Task<(Figures Waits, int Wrong)> LookAsync(Uri address, long began)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address };
        var (waits, wrong, unanswered, sent) = (new Figures(), 0, 0, 0);
        var chance = new Random(1);
        var all = new List<Task>();
        using var timer = new PeriodicTimer(_beat);
        while (Stopwatch.GetElapsedTime(began) < _segment && await timer.WaitForNextTickAsync())
        {
            for (var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * PerSecond); sent < due; sent++)
            {
                if (Volatile.Read(ref unanswered) < MostUnanswered) all.Add(ViewAsync($"/pages/{2 + chance.Next(Pages)}"));
            }
        }
        await Task.WhenAll(all);
        return (waits, wrong);

        async Task ViewAsync(string path)
        {
            Interlocked.Increment(ref unanswered);
            var at = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(path);
            var took = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
            lock (waits)
            {
                waits.Add(took);
                // Numbers of robots and sitemaps are among them.
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NotFound)) wrong++;
            }
            Interlocked.Decrement(ref unanswered);
        }
    }

    private static void Write(Segment[] segments)
    {
        var table = new Table("", "views", "p99, ms", "job end, ms", "not answered well", "store busy", "offered", "skipped", "drawn");
        foreach (var one in segments)
        {
            table.Add(
                one.Name, Figures.Written(one.Views, "N0"), one.P99.Text("0.0"), one.JobEnd.Text("0"), $"{one.Wrong}", $"{one.Troubles}",
                Figures.Written(one.Cards.Offered, "N0"), Figures.Written(one.Cards.Skipped, "N0"), Figures.Written(one.Cards.Drawn, "N0"));
        }
        table.Write(Console.Out);
        var (first, draws, again) = (segments[0], segments[1], segments[2]);
        Tell("p99 of views", draws.P99.Median / first.P99.Median, again.P99.Median / first.P99.Median);
        Tell("job end", draws.JobEnd.Median / first.JobEnd.Median, again.JobEnd.Median / first.JobEnd.Median);
    }

    private static void Tell(string what, double ratio, double control)
    {
        var most = Math.Max(1, control) * 1.1;
        Console.WriteLine($"{what}: {Figures.Written(ratio, "0.00")} of the control, which is {Figures.Written(control, "0.00")} of itself: target {Figures.Written(most, "0.00")} {(ratio <= most ? "reached" : "MISSED")}");
    }
}
