using System.Collections.Concurrent;

namespace Amble.App.Sql;

/// <summary>
/// Carries the write-ahead logs of a store's files over into the files, beside the writer: what it commits begins a checkpoint, and a thread
/// of our own waits for the disk, one file at a time. A turn so waits for no more than its own rows (SEEDS R-3).
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    private readonly BlockingCollection<SqliteLog> _due = [];
    private readonly HashSet<SqliteLog> _held = [];
    private readonly Lock _gate = new();
    private Thread? _thread;
    private bool _isClosed;
    private int _waiting;

    /// <summary>There are logs that are full enough and not yet carried over.</summary>
    public bool IsBusy => Volatile.Read(ref _waiting) > 0;

    /// <summary>Whether the file is still open here; it is closed soon after its writer has left it.</summary>
    public bool Holds(string path)
    {
        lock (_gate) return _held.Any(log => log.Path == path);
    }

    /// <summary>For the writer of a file, which tells it of its commits.</summary>
    public SqliteLog Follow(string path) => new(path, this);

    /// <summary>Ends what is under way and closes what is open.</summary>
    public void Dispose()
    {
        lock (_gate) _isClosed = true;
        _due.CompleteAdding();
        _thread?.Join();
        foreach (var log in _held) log.Close();
        _due.Dispose();
    }

    /// <summary>It is looked after once more, soon.</summary>
    internal void Add(SqliteLog log)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            if (_thread is null)
            {
                _thread = new Thread(Work) { IsBackground = true, Name = "checkpoints" };
                _thread.Start();
            }
            _held.Add(log);
            Interlocked.Increment(ref _waiting);
            _due.Add(log);
        }
    }

    private void Work()
    {
        foreach (var log in _due.GetConsumingEnumerable())
        {
            if (log.IsLeft)
            {
                Close(log);
            }
            else
            {
                log.Carry();
            }
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void Close(SqliteLog log)
    {
        log.Close();
        lock (_gate) _held.Remove(log);
    }
}
