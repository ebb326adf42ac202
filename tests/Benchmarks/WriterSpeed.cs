using System.Diagnostics;
using Amble.App.Sql;
using Amble.Behaviours.Writing;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// How fast the writer makes crawled pages durable, in its own turns, against a bare loop that inserts the same rows into the same schema,
/// 128 pages to a transaction. The bare loop knows beforehand what is new; the writer has to find out.
/// </summary>
internal static class WriterSpeed
{
    private const int Pages = 20_000;

    public static void Run(BenchmarkOptions options)
    {
        Console.WriteLine($"writer: {Pages:N0} pages of {CrawledPages.Links} links, {options.Rounds} rounds");
        var table = new Table("links of a page", "bare loop, pages/s", "writer, pages/s", "ratio", "longest transaction, ms", "longest turn, ms");
        foreach (var newLinks in (int[])[1, 8, CrawledPages.Links])
        {
            var (bare, writer, ratio, bareLongest, longest) = (new Figures(), new Figures(), new Figures(), new Figures(), new Figures());
            // The first round makes the code warm.
            for (var round = 0; round <= options.Rounds; round++)
            {
                var pages = Pages / (newLinks == CrawledPages.Links ? 4 : 1);
                double bareSpeed = 0, writerSpeed = 0;
                var (transaction, turn) = (TimeSpan.Zero, TimeSpan.Zero);
                foreach (var isWriter in round % 2 == 0 ? (bool[])[false, true] : [true, false])
                {
                    if (isWriter) writerSpeed = pages / InDirectory(directory => Write(directory, newLinks, pages, out turn));
                    else bareSpeed = pages / InDirectory(directory => BareInserts.Run(directory, newLinks, pages, out transaction));
                }
                if (round == 0) continue;
                bare.Add(bareSpeed);
                writer.Add(writerSpeed);
                ratio.Add(writerSpeed / bareSpeed);
                bareLongest.Add(transaction.TotalMilliseconds);
                longest.Add(turn.TotalMilliseconds);
            }
            table.Add($"{newLinks} new, {CrawledPages.Links - newLinks} known", bare.Text("N0"), writer.Text("N0"), ratio.Text("0.00"), bareLongest.Text("0"), longest.Text("0"));
        }
        table.Write(Console.Out);
    }

    /// <returns>Seconds.</returns>
    public static double Write(string directory, int newLinks, int pages, out TimeSpan longest, Func<int, string>? beyondStart = null)
    {
        using var store = SqliteStore.Open(directory, _ => []);
        var created = (WriterProtocol.JobCreated)store.Writes.Commit(
            [new WriterProtocol.CreateJob(new NewJob(CrawledPages.Start, JobLimits.None, 64, Unpaced: true, Warm: false), DateTimeOffset.UtcNow)])[0];
        var crawled = new CrawledPages(created.Job.Id, newLinks, beyondStart);
        // Made beforehand: only the writer's own time is measured.
        var commands = Enumerable.Range(0, pages).Select(crawled.Commands).ToList();
        var queue = new WriterQueue(WriterQueueSettings.Default);
        longest = TimeSpan.Zero;
        var next = 0;
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            // As many wait as a crawl with 64 in flight has in hand.
            for (; next < pages && queue.Waiting < 256; next++)
            {
                foreach (var command in commands[next]) queue.Add(command, command, DateTimeOffset.UtcNow);
            }
            if (queue.Take(DateTimeOffset.UtcNow) is not { } turn) break;
            var turnBegan = Stopwatch.GetTimestamp();
            var replies = store.Writes.Commit(turn.Commands);
            var took = Stopwatch.GetElapsedTime(turnBegan);
            if (replies.FirstOrDefault(reply => reply is WriterProtocol.Rejected) is { } rejected) throw new InvalidOperationException($"{rejected}");
            queue.Done(turn, took);
            if (took > longest) longest = took;
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public static double InDirectory(Func<string, double> run)
    {
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        try
        {
            return run(directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
