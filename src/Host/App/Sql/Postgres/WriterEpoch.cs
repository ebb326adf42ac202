using Amble.Behaviours.Ports;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// Takes the next epoch with the first connection that is opened, and stands up for it with every later one. The backend of the writer
/// before, which may hold a transaction open, is ended: only that very one, known by its process and the instant of its start.
/// </summary>
/// <param name="node">Who writes, for people.</param>
/// <param name="endFormer">Whether a writer that is alive is ended; if not, it is a problem.</param>
internal sealed class WriterEpoch(string where, string node, bool endFormer)
{
    // A process that was just killed or closed has a backend for some more milliseconds.
    private const int LooksAtAFormer = 50;

    // All that a writer does goes by key, a few hundred rows at a time. While a table is small, or has grown since it was last counted, the
    // planner thinks that reading it whole is cheaper; it keeps that plan, and a turn holds everybody for as long as the table is large.
    // So all of that is made dear, and looking up one row after the other cheap. Compiling, which the server does for what is dear, is off.
    private const string ByKey =
        "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off; SET random_page_cost = 0.1; SET seq_page_cost = 0.1; SET jit = off";

    // A writer whose machine froze or vanished in the middle of a transaction gives its locks back in seconds; so do we.
    private const string Session =
        """
        SET idle_in_transaction_session_timeout = '2s'; SET lock_timeout = '5s'; SET statement_timeout = '15s';
        SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = '10s'
        """;

    private const string SelectFormer =
        """
        SELECT w.epoch, coalesce(w.node, ''), a.pid, a.backend_start FROM writer w
        LEFT JOIN pg_stat_activity a ON a.pid = w.backend_pid AND a.backend_start = w.backend_start AND a.datname = current_database()
        WHERE w.id = 1
        """;

    private const string EndFormer =
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2 AND datname = current_database()";

    private const string Take =
        """
        UPDATE writer SET epoch = $2, node = $3, backend_pid = pg_backend_pid(),
               backend_start = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
        WHERE id = 1 AND epoch = $1
        """;

    private long? _mine;

    public long Number => _mine ?? throw new InvalidOperationException("No epoch has been taken yet.");

    public void Opened(NpgsqlConnection connection)
    {
        using (var session = new NpgsqlCommand($"{Session}; {ByKey}", connection)) session.ExecuteNonQuery();
        var former = Read(connection);
        for (var looks = 1; _mine is null && !endFormer && former.Pid is not null && looks < LooksAtAFormer; looks++)
        {
            using (var pause = new NpgsqlCommand("SELECT pg_sleep(0.02)", connection)) pause.ExecuteNonQuery();
            former = Read(connection);
        }
        if (_mine is { } mine && former.Epoch != mine) throw Fenced();
        if (former.Pid is { } pid)
        {
            if (_mine is null && !endFormer)
                throw new StoreProblemException($"{where} is in use by {former.Node}; wait for it to end or name another database.");
            End(connection, pid, former.Start);
        }
        var next = _mine ?? former.Epoch + 1;
        if (!IsTaken(connection, former.Epoch, next))
        {
            throw _mine is null
                ? new StoreUnavailableException($"{where} was taken by another writer in the same moment.", full: false)
                : Fenced();
        }
        _mine = next;
    }

    public StoreUnavailableException Fenced() =>
        new($"{where} has another writer since; this process stores nothing any more and is to be ended.", full: false) { IsFenced = true };

    private static (long Epoch, string Node, int? Pid, DateTime Start) Read(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(SelectFormer, connection);
        using var row = command.ExecuteReader();
        row.Read();
        return row.IsDBNull(2) ? (row.GetInt64(0), row.GetString(1), null, default) : (row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetDateTime(3));
    }

    private static void End(NpgsqlConnection connection, int pid, DateTime start)
    {
        using var command = new NpgsqlCommand(EndFormer, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = pid });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = start });
        command.ExecuteNonQuery();
    }

    private bool IsTaken(NpgsqlConnection connection, long former, long next)
    {
        using var command = new NpgsqlCommand(Take, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = former });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = next });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node });
        return command.ExecuteNonQuery() == 1;
    }
}
