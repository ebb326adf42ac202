using System.Diagnostics;
using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Amble.Messages;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace Amble.Benchmarks;

/// <summary>Lines of an access log by prepared statements or COPY and nothing else: 4,096 to a transaction, no views, no numbers, nothing that could come twice.</summary>
internal static class BareHits
{
    private const int PerTransaction = 4_096;

    private const string Columns = "source, sequence, at_us, method, path, kind, status, bytes, duration_us, cache_hit, client, agent";

    private const string Typed =
        """
        source bigint, sequence bigint, at_us bigint, method text, path text, kind bigint, status bigint, bytes bigint, duration_us bigint,
        cache_hit bigint, client text, agent bigint
        """;

    /// <param name="transactions">Milliseconds of each.</param>
    /// <returns>Seconds.</returns>
    public static double OnSqlite(string directory, Hit[] hits, out Figures transactions)
    {
        SqliteStore.Open(directory, _ => []).Dispose();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "hits.db")};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY");
        Execute(connection, "CREATE TABLE hits (id INTEGER PRIMARY KEY, source, sequence, at_us, method TEXT, path TEXT, kind, status, bytes, duration_us, cache_hit, client TEXT, agent)");
        var database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, $"INSERT INTO hits ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", raw.SQLITE_PREPARE_PERSISTENT, out var insert), raw.SQLITE_OK);
        transactions = new Figures();
        var began = Stopwatch.GetTimestamp();
        for (var first = 0; first < hits.Length; first += PerTransaction)
        {
            var transactionBegan = Stopwatch.GetTimestamp();
            Execute(connection, "BEGIN IMMEDIATE");
            foreach (var hit in hits.AsSpan(first, Math.Min(PerTransaction, hits.Length - first)))
            {
                raw.sqlite3_bind_int64(insert, 1, 1);
                raw.sqlite3_bind_int64(insert, 2, first);
                raw.sqlite3_bind_int64(insert, 3, At(hit));
                raw.sqlite3_bind_text(insert, 4, hit.Method);
                raw.sqlite3_bind_text(insert, 5, hit.Path);
                raw.sqlite3_bind_int64(insert, 6, (long)hit.Kind);
                raw.sqlite3_bind_int64(insert, 7, hit.Status);
                raw.sqlite3_bind_int64(insert, 8, hit.Bytes);
                raw.sqlite3_bind_int64(insert, 9, Took(hit));
                raw.sqlite3_bind_int64(insert, 10, 0);
                raw.sqlite3_bind_text(insert, 11, hit.Client);
                raw.sqlite3_bind_int64(insert, 12, (long)hit.Agent);
                Check(raw.sqlite3_step(insert), raw.SQLITE_DONE);
                raw.sqlite3_reset(insert);
            }
            Execute(connection, "COMMIT");
            transactions.Add(Stopwatch.GetElapsedTime(transactionBegan).TotalMilliseconds);
        }
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        insert.Dispose();
        return took;
    }

    /// <inheritdoc cref="OnSqlite" />
    public static double OnPostgres(string connectionString, Hit[] hits, out Figures transactions)
    {
        PostgresStore.Open(connectionString, _ => [], null, "a benchmark").Dispose();
        using var connection = new NpgsqlConnection(PostgresConnections.For(connectionString));
        connection.Open();
        using var make = new NpgsqlCommand($"DROP TABLE IF EXISTS bare_hits; CREATE TABLE bare_hits ({Typed})", connection);
        make.ExecuteNonQuery();
        transactions = new Figures();
        var began = Stopwatch.GetTimestamp();
        for (var first = 0; first < hits.Length; first += PerTransaction)
        {
            var transactionBegan = Stopwatch.GetTimestamp();
            using var rows = connection.BeginBinaryImport($"COPY bare_hits ({Columns}) FROM STDIN (FORMAT BINARY)");
            foreach (var hit in hits.AsSpan(first, Math.Min(PerTransaction, hits.Length - first)))
            {
                rows.StartRow();
                foreach (var number in (ReadOnlySpan<long>)[1, first, At(hit)]) rows.Write(number, NpgsqlDbType.Bigint);
                rows.Write(hit.Method, NpgsqlDbType.Text);
                rows.Write(hit.Path, NpgsqlDbType.Text);
                foreach (var number in (ReadOnlySpan<long>)[(long)hit.Kind, hit.Status, hit.Bytes, Took(hit), 0]) rows.Write(number, NpgsqlDbType.Bigint);
                rows.Write(hit.Client, NpgsqlDbType.Text);
                rows.Write((long)hit.Agent, NpgsqlDbType.Bigint);
            }
            rows.Complete();
            transactions.Add(Stopwatch.GetElapsedTime(transactionBegan).TotalMilliseconds);
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static long At(Hit hit) => (hit.At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static long Took(Hit hit) => (long)hit.Duration.TotalMicroseconds;

    private static void Check(int code, int expected)
    {
        if (code != expected) throw new InvalidOperationException($"SQLite answered {code}.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
