using Amble.App.Sql.Periods;
using Amble.App.Sql.Reading;
using Amble.App.Sql.Reading.Reports;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>The reading side of a PostgreSQL store: a few connections that cannot change anything.</summary>
public sealed class PostgresReads : IDisposable
{
    private const int Connections = 4;
    private const string Session = "SET default_transaction_read_only = on; SET statement_timeout = '15s'";

    private readonly ReadPool _pool;

    internal PostgresReads(string connectionString, string where, UnpackOutlinks unpack, StoreKeeping? keeping)
    {
        _pool = new ReadPool(() => new PostgresDatabase(connectionString, Opened), new PostgresErrors(where), Connections);
        Reads = new ReadStore(_pool, PartitionReads.Instance, StoreKeeping.AgesOf(keeping), unpack);
    }

    public ReadStore Reads { get; }

    internal ReadPool Pool => _pool;

    public void Dispose() => _pool.Dispose();

    private static void Opened(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Session, connection);
        command.ExecuteNonQuery();
    }
}
