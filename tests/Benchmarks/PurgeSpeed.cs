using System.Diagnostics;
using System.Globalization;
using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// The worst wait of a flush while expired visits with their details go (SEEDS R-3, R-8+), beside the bare loop's worst, in the same run on the
/// same data: details by period, all of it by slices of our own, and all of it as others did it: in one hold, in batches of 50,000 with
/// pauses of 50 ms, and details by DROP of their table. Meanwhile 400 visits a second are flushed, 1,200 rows with details and requests, 20
/// visits every 50 ms. A flush counts from the instant at which it was due: one that another has held up is late, too.
/// </summary>
internal static class PurgeSpeed
{
    private const int VisitsInFlush = 20;
    private const string Bare = "nothing purged";
    private const string ByPeriod = "details by period";
    private const string BySlices = "all by slices";
    private const string OneHold = "all in one hold";
    private const string Batches = "all by 50,000 and 50 ms";
    private const string Drop = "details by DROP TABLE";

    private static readonly string[] _ways = [Bare, ByPeriod, BySlices, OneHold, Batches, Drop];
    private static readonly TimeSpan _flushEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _bareFor = TimeSpan.FromSeconds(30);

    /// <summary>The ways to purge whose names have this in them.</summary>
    public static IReadOnlyList<string> WaysOf(string text) => [.. _ways.Where(way => way.Contains(text, StringComparison.OrdinalIgnoreCase))];

    public static async Task RunAsync(BenchmarkOptions options)
    {
        Console.WriteLine($"purge: {options.Visits:N0} expired visits with details, 1,200 rows a second flushed meanwhile");
        var table = new Table("store", "what goes and how", "took, s", "flushes", "median, ms", "p99, ms", "worst, ms", "longest slice, ms", "disk back, MB");
        var ways = WaysOf(options.Way);
        foreach (var way in ways) await OnSqliteAsync(options.Visits, way, table);
        if (options.Postgres is { } connection)
        {
            foreach (var way in ways) await OnPostgresAsync(options.Visits, connection, way, table);
        }
        table.Write(Console.Out);
    }

    private static async Task OnSqliteAsync(int visits, string way, Table table)
    {
        var place = Directory.CreateTempSubdirectory("amble-purge-");
        try
        {
            using var store = SqliteStore.Open(place.FullName, _ => []);
            ExpiredVisits.Put(store.Writing, store.Periods, visits, byPeriod: way == ByPeriod);
            long Size() => place.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            table.Add(["SQLite", way, .. await MeasureAsync(store, store.Writing, visits, way, Size)]);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static async Task OnPostgresAsync(int visits, string connection, string way, Table table)
    {
        using (var database = new PostgresDatabase(PostgresConnections.For(connection))) database.Execute("DROP SCHEMA IF EXISTS benchmark CASCADE");
        using var store = PostgresStore.Open(connection, _ => [], null, "a benchmark");
        // A million rows are put by one statement.
        store.Writing.Execute("SET statement_timeout = 0");
        ExpiredVisits.Put(store.Writing, store.Periods, visits, byPeriod: way == ByPeriod);
        store.Writing.Execute("CHECKPOINT");
        using var looking = new PostgresDatabase(PostgresConnections.For(connection));
        long Size() => long.Parse(
            looking.Ask("SELECT sum(pg_total_relation_size(oid))::text FROM pg_class WHERE relnamespace = 'benchmark'::regnamespace AND relkind = 'r'"), CultureInfo.InvariantCulture);
        table.Add(["PostgreSQL", way, .. await MeasureAsync(store, store.Writing, visits, way, Size)]);
    }

    private static async Task<string[]> MeasureAsync(IStore store, Database writing, int visits, string way, Func<long> size)
    {
        await SyncAsync();
        using var flushing = new FlushingWriter(store, way == ByPeriod
            ? RetentionSettings.Default with { Visits = TimeSpan.FromDays(365) } : RetentionSettings.Default);
        var flushed = new FlushedPages(store.Writes, visits, VisitsInFlush);
        // The first ones make the code warm, and a process that is up has looked before: the coming periods are there.
        for (var i = 0; i < 40; i++) await flushing.FlushAsync(flushed.Next());
        if (!store.Retention.TryMakeAhead(DateTimeOffset.UtcNow)) throw new InvalidOperationException("Somebody else uses this database.");
        store.Retention.ReadRetention(new JobId(0), DateTimeOffset.UtcNow);
        var (waits, before, began) = (new Figures(), size(), Stopwatch.GetTimestamp());
        var purging = Task.Run(() => PurgeAsync(flushing, writing, way));
        for (var number = 0; !purging.IsCompleted; number++)
        {
            var due = number * _flushEvery;
            if (due - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early) await Task.Delay(early);
            await flushing.FlushAsync(flushed.Next());
            waits.Add((Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds);
        }
        await purging;
        var slice = flushing.Retention.Numbers is { Slices: > 0 } numbers ? $"{numbers.LongestSlice.TotalMilliseconds:0.0}" : "-";
        return
        [
            $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0}", $"{waits.Count:N0}", $"{waits.Median:0.0}", $"{waits.Share(0.99):0.0}", $"{waits.Most:0.0}", slice,
            $"{(before - size()) / 1e6:N0}",
        ];
    }

    /// <summary>What the putting left in the system's memory would else be written in a burst of its own while a purge is timed.</summary>
    private static async Task SyncAsync()
    {
        if (OperatingSystem.IsWindows()) return;
        using var sync = Process.Start("sync");
        await sync.WaitForExitAsync();
    }

    private static async Task PurgeAsync(FlushingWriter writer, Database writing, string way)
    {
        var cutoff = (DateTimeOffset.UtcNow - RetentionSettings.Default.Visits).ToUnixTimeMilliseconds();
        var details = writing.IsPostgres ? "details_before" : "details";
        // What others do, they do with the server's usual plans.
        if (writing.IsPostgres && way is not (Bare or ByPeriod or BySlices))
            writer.Hold(() => writing.Execute("RESET enable_hashjoin; RESET enable_mergejoin; RESET enable_seqscan; RESET random_page_cost; RESET seq_page_cost; RESET jit"));
        switch (way)
        {
            case Bare: await Task.Delay(_bareFor); break;
            case ByPeriod or BySlices: await writer.Retention.PurgeAsync(CancellationToken.None); break;
            case Drop: writer.Hold(() => writing.Execute($"DROP TABLE {details}")); break;
            default:
                var (most, pause) = way == OneHold ? (int.MaxValue, TimeSpan.Zero) : (50_000, TimeSpan.FromMilliseconds(50));
                for (var isMore = true; isMore;)
                {
                    writer.Hold(() => isMore = DeleteExpired(writing, details, cutoff, most));
                    await Task.Delay(pause);
                }
                break;
        }
    }

    private static bool DeleteExpired(Database writing, string details, long cutoff, int most)
    {
        writing.Execute(
            $"""
             BEGIN;
             DELETE FROM {details} WHERE visit_id IN (SELECT id FROM visits WHERE started_at < {cutoff} ORDER BY id LIMIT {most});
             DELETE FROM visits WHERE id IN (SELECT id FROM visits WHERE started_at < {cutoff} ORDER BY id LIMIT {most});
             COMMIT
             """);
        return writing.Ask($"SELECT 1 FROM visits WHERE started_at < {cutoff} LIMIT 1").Length > 0;
    }
}
