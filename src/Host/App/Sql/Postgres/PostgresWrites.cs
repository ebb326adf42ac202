using Amble.App.Sql.Periods;
using Amble.App.Sql.Reading;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;

namespace Amble.App.Sql.Postgres;

/// <summary>The writing side of a PostgreSQL store, at one epoch.</summary>
public sealed class PostgresWrites : IDisposable
{
    private readonly PostgresWriting _database;
    private readonly ReadPool _pool;

    internal PostgresWrites(PostgresWriting database, string connectionString, string where, TrapSettings traps, StoreKeeping? keeping)
    {
        _database = database;
        Periods = new PostgresPeriods(database, new PartitionKeeper(connectionString, new PostgresErrors(where)), StoreKeeping.HoursOf(keeping));
        var counts = new StoredCounts(database);
        counts.Load();
        _pool = new ReadPool(() => new PostgresDatabase(connectionString), new PostgresErrors(where), 1);
        Retention = new StoreRetention(_pool, Periods, counts, isSettling: () => false);
        Writes = new WriteStore(database, Periods, counts, new PostgresErrors(where), traps, StoreKeeping.HitsOf(keeping), StoreKeeping.ClockOf(keeping));
    }

    /// <summary>A turn at an epoch that has passed is a <see cref="StoreUnavailableException"/> that is fenced.</summary>
    public IWriteStore Writes { get; }

    public long Epoch => _database.Epoch;

    internal PostgresDatabase Database => _database;

    internal PostgresPeriods Periods { get; }

    public IRetentionStore Retention { get; }

    public void Dispose()
    {
        _pool.Dispose();
        Periods.Dispose();
        _database.Dispose();
    }
}
