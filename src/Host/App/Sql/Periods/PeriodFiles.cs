namespace Amble.App.Sql.Periods;

/// <summary>
/// Periods as files in the directory <c>periods</c> of the data directory. Readers have a connection each to a file and give it back; a file
/// that is to go is closed by the last of them and then unlinked with what SQLite keeps beside it, so the disk has its room back.
/// </summary>
/// <param name="checkpoints">What carries their logs over.</param>
internal sealed class PeriodFiles(string directory, SqliteCheckpoints checkpoints) : SqlitePeriodPlace
{
    private const long Piece = 16 << 20;

    private static readonly TimeSpan _betweenPieces = TimeSpan.FromMilliseconds(10);
    private static readonly string[] _beside = ["-wal", "-shm", "-journal"];

    private readonly Lock _gate = new();
    private readonly Dictionary<Period, Readers> _readers = [];

    public override bool MayBeClosed => true;

    public override Database OpenForWriting(Period period)
    {
        var path = PathOf(period);
        var database = SqliteDatabase.OpenFile(path, checkpoints);
        try
        {
            SqlitePragmas.ForPeriod(database, path);
            PeriodSchema.Apply(database, period.Family);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public override T? Read<T>(Period period, Func<Database, T> read)
        where T : default
    {
        if (Borrow(period) is not { } database) return default;
        try
        {
            return read(database);
        }
        finally
        {
            GiveBack(period, database);
        }
    }

    public override bool TryRemove(Period period)
    {
        if (checkpoints.Holds(PathOf(period))) return false;
        lock (_gate)
        {
            if (_readers.TryGetValue(period, out var readers))
            {
                readers.Close();
                if (readers.Busy > 0)
                {
                    // The last of them removes it.
                    readers.IsGoing = true;
                    return true;
                }
                _readers.Remove(period);
            }
        }
        return TryUnlink(PathOf(period));
    }

    public override void RemoveUnnamed(IReadOnlySet<Period> named)
    {
        Directory.CreateDirectory(directory);
        var kept = named.Select(PathOf).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(directory).ToList())
        {
            var of = _beside.FirstOrDefault(path.EndsWith) is { } end ? path[..^end.Length] : path;
            if (!kept.Contains(of)) File.Delete(path);
        }
    }

    public override long? SizeOf(Period period) =>
        ((string[])["", .. _beside]).Select(end => new FileInfo(PathOf(period) + end)).Sum(file => file.Exists ? file.Length : 0);

    public override void Dispose()
    {
        lock (_gate)
        {
            foreach (var readers in _readers.Values) readers.Close();
            _readers.Clear();
        }
    }

    private Database? Borrow(Period period)
    {
        var path = PathOf(period);
        lock (_gate)
        {
            if (_readers.TryGetValue(period, out var known))
            {
                if (known.IsGoing) return null;
                if (known.TryTake(out var idle)) return idle;
            }
            else
            {
                if (!File.Exists(path)) return null;
                _readers.Add(period, known = new Readers());
            }
            // Counted before it is open, so that the file stays.
            known.Busy++;
        }
        try
        {
            return SqliteDatabase.OpenForReading(path);
        }
        catch
        {
            GiveBack(period, null);
            throw;
        }
    }

    private void GiveBack(Period period, Database? database)
    {
        lock (_gate)
        {
            var readers = _readers[period];
            readers.GiveBack(database);
            if (!readers.IsGoing || readers.Busy > 0) return;
            _readers.Remove(period);
        }
        // Whoever read is not to wait for it. One that cannot be removed now is so at the next start.
        _ = Task.Run(() => TryUnlink(PathOf(period)));
    }

    private string PathOf(Period period) => Path.Combine(directory, $"{period}.db");

    private static bool TryUnlink(string path)
    {
        try
        {
            Shorten(path);
            File.Delete(path);
            foreach (var end in _beside) File.Delete(path + end);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A file system gives the room of a large file back in one piece, and whoever syncs meanwhile waits for that: 270 ms at 2 GB.
    private static void Shorten(string path)
    {
        if (!File.Exists(path)) return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        for (var left = file.Length - Piece; left > 0; left -= Piece)
        {
            file.SetLength(left);
            Thread.Sleep(_betweenPieces);
        }
    }

    private sealed class Readers
    {
        private const int KeptIdle = 2;

        private readonly Stack<Database> _idle = [];

        public int Busy { get; set; }

        public bool IsGoing { get; set; }

        public bool TryTake(out Database database)
        {
            if (!_idle.TryPop(out database!)) return false;
            Busy++;
            return true;
        }

        public void GiveBack(Database? database)
        {
            Busy--;
            if (IsGoing || _idle.Count == KeptIdle) database?.Dispose();
            else if (database is not null) _idle.Push(database);
        }

        public void Close()
        {
            while (_idle.TryPop(out var idle)) idle.Dispose();
        }
    }
}
