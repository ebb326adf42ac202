using Amble.App.Sql.Periods;
using Amble.App.Sql.Reading;
using Amble.App.Sql.Reading.Reports;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>
/// The embedded database: one connection writes, a few read. Open it once per data directory; the directory's lock is the caller's duty.
/// </summary>
public sealed class SqliteStore : IStore
{
    private const int ReadConnections = 4;

    private readonly SqliteDatabase _writing;
    private readonly ReadPool _pool;
    private readonly SqlitePeriods _periods;
    private readonly SqliteCheckpoints? _checkpoints;

    private SqliteStore(
        SqliteDatabase writing, SqlitePeriodPlace place, ReadPool pool, string where, UnpackOutlinks unpack, StoreKeeping? keeping, TrapSettings? traps, SqliteCheckpoints? checkpoints)
    {
        _writing = writing;
        _periods = new SqlitePeriods(place, writing, StoreKeeping.HoursOf(keeping));
        _periods.RemoveUnnamed(PeriodCatalog.Read(writing).Select(named => named.Period).ToHashSet());
        _pool = pool;
        var counts = new StoredCounts(writing);
        counts.Load();
        _checkpoints = checkpoints;
        Retention = new StoreRetention(pool, _periods, counts, () => checkpoints is { IsBusy: true });
        Writes = new WriteStore(writing, _periods, counts, new SqliteErrors(where), traps ?? TrapSettings.Default, StoreKeeping.HitsOf(keeping), StoreKeeping.ClockOf(keeping));
        Reads = new ReadStore(pool, _periods, StoreKeeping.AgesOf(keeping), unpack);
    }

    public IWriteStore Writes { get; }

    public ReadStore Reads { get; }

    /// <inheritdoc />
    public IRetentionStore Retention { get; }

    internal SqliteDatabase Writing => _writing;

    internal PeriodStore Periods => _periods;

    /// <summary>Opens <c>amble.db</c> in the directory; makes both where they are missing, and brings an older schema up to date.</summary>
    /// <param name="traps">Budgets of this process's jobs; null for the usual ones.</param>
    /// <param name="keeping">How long what is stored is shown; null shows everything.</param>
    /// <exception cref="StoreProblemException">It cannot be opened until somebody does something.</exception>
    public static SqliteStore Open(string directory, UnpackOutlinks unpack, TrapSettings? traps = null, StoreKeeping? keeping = null)
    {
        var path = Path.Combine(directory, "amble.db");
        SqliteDatabase? writing = null;
        try
        {
            Directory.CreateDirectory(directory);
            var checkpoints = new SqliteCheckpoints();
            writing = SqliteDatabase.OpenFile(path, checkpoints);
            SqlitePragmas.ForFile(writing, path);
            SchemaFiles.Apply(writing, path);
            var pool = new ReadPool(() => SqliteDatabase.OpenForReading(path), new SqliteErrors(path), ReadConnections);
            return new SqliteStore(writing, new PeriodFiles(Path.Combine(directory, "periods"), checkpoints), pool, path, unpack, keeping, traps, checkpoints);
        }
        catch (SqliteException error)
        {
            writing?.Dispose();
            throw Problem(error, path);
        }
        catch (StoreProblemException)
        {
            writing?.Dispose();
            throw;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreProblemException($"The data directory {directory} cannot be made or read ({error.Message}); choose one that can.", error);
        }
    }

    /// <summary>
    /// A database in memory, for one thread: reads and writes share a connection. Stores of one name in one process share their contents,
    /// as long as one of them is open.
    /// </summary>
    public static SqliteStore OpenInMemory(string name, UnpackOutlinks unpack, TrapSettings? traps = null, StoreKeeping? keeping = null)
    {
        var writing = new SqliteDatabase($"Data Source={name};Mode=Memory;Cache=Shared;Pooling=False");
        SqlitePragmas.ForMemory(writing);
        SchemaFiles.Apply(writing, name);
        return new SqliteStore(writing, new MemoryPeriods(name), new ReadPool(() => writing, new SqliteErrors(name), 1), name, unpack, keeping, traps, checkpoints: null);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> CheckConsistency() => StoreConsistency.Check(_writing, _periods);

    /// <summary>Leaves one file: the write-ahead log is written back.</summary>
    public void Dispose()
    {
        _pool.Dispose();
        _periods.Dispose();
        _checkpoints?.Dispose();
        // What cannot be written back now is so at the next start; SQLite loses nothing by it.
        if (_checkpoints is not null) raw.sqlite3_wal_checkpoint_v2(_writing.Connection.Handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        _writing.Dispose();
    }

    private static StoreProblemException Problem(SqliteException error, string path) => new(
        error.SqliteErrorCode switch
        {
            raw.SQLITE_NOTADB => $"{path} is not an SQLite database; move it away or choose another data directory.",
            raw.SQLITE_CORRUPT => $"{path} is damaged; restore it from a backup or choose another data directory.",
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                $"{path} cannot be opened for reading and writing; give Amble the right to its directory and files, or choose another data directory.",
            raw.SQLITE_FULL => $"The disk that holds {path} is full; free some room and start again.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{path} is in use by another process; stop that one or choose another data directory.",
            _ => $"{path} cannot be opened (SQLite code {error.SqliteExtendedErrorCode}: {error.Message}).",
        },
        error);
}
