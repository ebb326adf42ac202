using System.Diagnostics;
using System.Globalization;
using System.Net;
using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Local.Intake;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// The access log: what offering a hit costs whoever answers a request, a minute of 50,000 hits a second, and how many hits a second become
/// durable, against a bare loop that writes the same rows in the same run.
/// </summary>
internal static class HitLogs
{
    private const int Hits = 400_000;
    private const int PerSecond = 50_000;
    private const int Seconds = 60;

    // What is offered at once is timed together: the clock's own step is as long as an offer.
    private const int Block = 100;

    private static readonly Hit[] _hits = [.. Enumerable.Range(0, Hits).Select(Make)];

    public static async Task RunAsync(BenchmarkOptions options)
    {
        await OfferAsync();
        await SustainAsync(options);
        await MinuteAsync();
        await HungStore.RunAsync(options);
    }

    public static IStore Open(string directory, string? postgres) => postgres is null
        ? SqliteStore.Open(directory, _ => []) : PostgresStore.Open(postgres, _ => [], null, "a benchmark");

    private static async Task OfferAsync()
    {
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        using (var store = Open(directory.FullName, null))
        {
            var log = Begin(store.Writes);
            var nanoseconds = new Figures();
            var allocated = new Figures();
            for (var at = 0; at + Block <= Hits; at += Block)
            {
                var (bytes, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                for (var i = at; i < at + Block; i++) log.Offer(_hits[i]);
                nanoseconds.Add(Stopwatch.GetElapsedTime(began).TotalNanoseconds / Block);
                allocated.Add((double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / Block);
                // About as many as a busy server answers, so that the buffer is neither empty nor full.
                if (at % 10_000 == 0) await Task.Delay(50);
            }
            await log.DrainAsync(TimeSpan.FromSeconds(30));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"offering a hit: median {nanoseconds.Median:N0} ns, p99 {nanoseconds.Share(0.99):N0} ns (target 1,000); beyond the entry median {allocated.Median:0.0} bytes, p99 {allocated.Share(0.99):0.0}; {log.View.Counts}"));
        }
        directory.Delete(recursive: true);
    }

    private static async Task SustainAsync(BenchmarkOptions options)
    {
        var table = new Table("", "bare loop, hits/s", "access log, hits/s", "ratio (target 0.5)", "transaction of 4,096, ms: median, p99, most", "turn, ms: median, p99, most");
        foreach (var postgres in options.Postgres is { } connection ? (string?[])[null, connection] : [null])
        {
            var (bare, ours, ratio) = (new Figures(), new Figures(), new Figures());
            var (transactions, turns) = (new Figures(), new Figures());
            for (var round = 0; round <= options.Rounds; round++)
            {
                double bareSpeed = 0, ourSpeed = 0;
                foreach (var isOurs in round % 2 == 0 ? (bool[])[false, true] : [true, false])
                {
                    var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
                    if (isOurs) (ourSpeed, turns) = await WriteAsync(directory.FullName, postgres);
                    else bareSpeed = Hits / (postgres is null ? BareHits.OnSqlite(directory.FullName, _hits, out transactions) : BareHits.OnPostgres(postgres, _hits, out transactions));
                    directory.Delete(recursive: true);
                }
                // The first round makes the code warm.
                if (round == 0) continue;
                bare.Add(bareSpeed);
                ours.Add(ourSpeed);
                ratio.Add(ourSpeed / bareSpeed);
            }
            table.Add(postgres is null ? "SQLite, one transaction" : "PostgreSQL, binary COPY", bare.Text("N0"), ours.Text("N0"), ratio.Text("0.00"), Spread(transactions), Spread(turns));
        }
        table.Write(Console.Out);
    }

    private static async Task<(double HitsPerSecond, Figures Turns)> WriteAsync(string directory, string? postgres)
    {
        using var store = Open(directory, postgres);
        var turns = new TimedWrites(store.Writes);
        var log = Begin(turns);
        var began = Stopwatch.GetTimestamp();
        foreach (var hit in _hits)
        {
            // Whoever offers here waits for room, as no page would.
            while (log.View.Waiting > 50_000) await Task.Delay(1);
            log.Offer(hit);
        }
        await log.DrainAsync(TimeSpan.FromMinutes(1));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (log.View.Counts.Written != Hits) throw new InvalidOperationException($"{log.View.Counts}");
        return (Hits / took, turns.Turns);
    }

    private static async Task MinuteAsync()
    {
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        using (var store = Open(directory.FullName, null))
        {
            var log = Begin(store.Writes);
            var (began, offered, memory) = (Stopwatch.GetTimestamp(), 0L, new Figures());
            for (var tick = 1; tick <= Seconds * 100; tick++)
            {
                for (; offered < tick * (PerSecond / 100); offered++) log.Offer(_hits[offered % Hits]);
                if (tick % 500 == 0) memory.Add(Environment.WorkingSet / 1e6);
                var ahead = TimeSpan.FromMilliseconds(tick * 10) - Stopwatch.GetElapsedTime(began);
                if (ahead > TimeSpan.Zero) await Task.Delay(ahead);
            }
            var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await log.DrainAsync(TimeSpan.FromSeconds(30));
            var (counts, rows) = (log.View.Counts, store.Reads.ReadKept().Sum(day => day.Hits));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{PerSecond:N0} a second for {Seconds} s (took {took:N0} s): {counts}; rows {rows:N0}; conservation {(counts.InFlight == 0 && rows == counts.Written ? "exact" : "BROKEN")}; RSS every 5 s: {memory.Text("N0")} MB, last {memory.Last:N0}"));
        }
        directory.Delete(recursive: true);
    }

    public static IAccessLog Begin(IWriteStore writes)
    {
        var scheduler = new PoolScheduler(TimeProvider.System);
        var writer = new LocalWriter(scheduler, writes, WriterQueueSettings.Default);
        var log = new HitLog(writer, new HitSource(Guid.NewGuid(), "a benchmark", scheduler.Now), write =>
        {
            var intake = new LocalIntake<Hit>(scheduler, AccessLogSettings.Default, HitLog.Items, write, Random.Shared.NextDouble);
            return (intake, intake.Start);
        });
        log.Start([]);
        return log;
    }

    private static Hit Make(int number) => new(
        DateTimeOffset.UtcNow, "GET", $"/jobs/{number % 50}", HitKind.Job, 200, 20_000 + number, TimeSpan.FromMicroseconds(1_500), false,
        KeptClientRule.Network(new IPAddress([192, 0, (byte)(number >> 8), (byte)number])), AgentClass.Browser);

    private static string Spread(Figures milliseconds) =>
        $"{Figures.Written(milliseconds.Median, "0.0")}, {Figures.Written(milliseconds.Share(0.99), "0.0")}, {Figures.Written(milliseconds.Most, "0.0")}";

    /// <summary>A store whose turns are timed.</summary>
    private sealed class TimedWrites(IWriteStore store) : IWriteStore
    {
        /// <summary>Milliseconds of each turn with a full batch.</summary>
        public Figures Turns { get; } = new();

        public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
        {
            var began = Stopwatch.GetTimestamp();
            var replies = store.Commit(commands);
            if (commands is [WriterProtocol.SaveHits { Hits.Count: 4_096 }]) Turns.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            return replies;
        }
    }
}
