using System.Diagnostics;
using System.Globalization;
using Amble.App.Sql;
using Amble.Behaviours.Retention;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// How long a large database of the version before periods takes to be ready (SEEDS R-6): five million rows of visits, details and requests
/// unless told otherwise, opened for the first time, with the first look that retention takes at it.
/// </summary>
internal static class FormerStart
{
    public static void Run(BenchmarkOptions options)
    {
        Console.WriteLine($"start: a database of {options.Visits:N0} visits from before periods");
        var table = new Table("database, MB", "first open, ms", "retention's first look, ms", "second open, ms");
        var place = Directory.CreateTempSubdirectory("amble-start-");
        try
        {
            var path = Path.Combine(place.FullName, "amble.db");
            using (var former = new SqliteDatabase($"Data Source={path};Pooling=False")) Make(former, options.Visits);
            var size = new FileInfo(path).Length / 1e6;
            var first = Open(place.FullName, out var look);
            table.Add($"{size:N0}", $"{first.TotalMilliseconds:0}", $"{look.TotalMilliseconds:0}", $"{Open(place.FullName, out _).TotalMilliseconds:0}");
        }
        finally
        {
            place.Delete(recursive: true);
        }
        table.Write(Console.Out);
    }

    private static TimeSpan Open(string directory, out TimeSpan look)
    {
        var began = Stopwatch.GetTimestamp();
        using var store = SqliteStore.Open(directory, _ => [], null, new StoreKeeping(RetentionSettings.Default, TimeProvider.System));
        store.Reads.ReadJobs(10, null, null);
        var opened = Stopwatch.GetElapsedTime(began);
        began = Stopwatch.GetTimestamp();
        store.Retention.ReadRetention(new JobId(0), DateTimeOffset.UtcNow);
        look = Stopwatch.GetElapsedTime(began);
        return opened;
    }

    private static void Make(SqliteDatabase former, int visits)
    {
        var assembly = typeof(SqliteStore).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Amble.Schema.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (int.Parse(name.AsSpan("Amble.Schema.".Length, 3), CultureInfo.InvariantCulture) > 6) break;
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            former.Execute(text.ReadToEnd());
        }
        var at = DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds();
        var numbers = $"(WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {visits}) SELECT i FROM c) n";
        former.Execute(
            $"""
             PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
             BEGIN;
             INSERT INTO domains (id, name) VALUES (1, 'old.test');
             WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1000)
             INSERT INTO jobs (id, start_url, start_host, include, exclude, concurrency, unpaced, warm, created_at, ended_at, pages, ok, requests, state)
             SELECT i, 'http://old.test/', 'old.test', '[]', '[]', 5, 0, 0, {at}, {at}, {visits / 1000}, {visits / 1000}, {visits / 1000}, 3 FROM c;
             INSERT INTO frontier (job_id, page_id, domain_id, kind, state, class, depth, due_at, tries) SELECT i * 1000 / {visits + 1} + 1, i, 1, 0, 1, 0, 1, 0, 1 FROM {numbers};
             INSERT INTO visits (id, job_id, page_id, class, status, started_at, milliseconds, bytes, tries) SELECT i, i * 1000 / {visits + 1} + 1, i, 0, 200, {at}, 7, 0, 1 FROM {numbers};
             INSERT INTO details SELECT i, 1, 2, 3, 4, 5, 20, 'Header-Name: its value', randomblob(60) FROM {numbers};
             INSERT INTO requests SELECT 1, {at} * 1000 + i, 1, i, 0, 200, 7 FROM {numbers};
             PRAGMA user_version = 6; PRAGMA application_id = 1097687660;
             COMMIT
             """);
    }
}
