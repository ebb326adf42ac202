using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>
/// The write-ahead log of one file. When 4 MiB have been written since the last time, all of it is carried over; a log that was carried over
/// to its end begins anew with the next turn, so it stays about as long as that. Where turns follow each other so closely that its end is
/// never reached, the writer does the small rest by itself in a commit.
/// </summary>
internal sealed class SqliteLog(string path, SqliteCheckpoints checkpoints)
{
    private const int Pages = 1_000;
    private const int MostRounds = 10;

    private SqliteDatabase? _own;
    private int _written;
    private int _isDue;

    public string Path => path;

    /// <summary>Nobody writes to the file any more.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Told by the writer after each commit; costs nothing worth mentioning.</summary>
    public void Committed(sqlite3 writer)
    {
        if (raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1) == raw.SQLITE_OK) _written += pages;
        if (_written < Pages || Interlocked.Exchange(ref _isDue, 1) == 1) return;
        _written = 0;
        checkpoints.Add(this);
    }

    /// <summary>Told by the writer when it has closed the file.</summary>
    public void Leave()
    {
        IsLeft = true;
        if (checkpoints.Holds(path)) checkpoints.Add(this);
    }

    /// <summary>As far as readers let it, until what was written meanwhile has been carried over, too.</summary>
    public void Carry()
    {
        try
        {
            _own ??= SqliteDatabase.OpenForCheckpoints(path);
            var (end, before) = (0, -1);
            for (var round = 0; round < MostRounds && end != before; round++)
            {
                before = end;
                // Busy: the writer is at it by itself. Whatever else is wrong with the disk, the writer meets it, too, and says so.
                if (raw.sqlite3_wal_checkpoint_v2(_own.Connection.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out end, out _) != raw.SQLITE_OK) break;
            }
        }
        catch (SqliteException)
        {
            // It cannot be opened now; the next commits bring it here again.
        }
        Interlocked.Exchange(ref _isDue, 0);
    }

    public void Close()
    {
        _own?.Dispose();
        _own = null;
    }
}
