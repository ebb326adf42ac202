using System.Collections.Concurrent;

namespace Amble.App.Sql.Periods;

/// <summary>Periods in memory, for one thread: reads and writes share a connection, which keeps the contents. Of one name they are shared, as the main database is.</summary>
internal sealed class MemoryPeriods(string name) : SqlitePeriodPlace
{
    private readonly ConcurrentDictionary<Period, SqliteDatabase> _open = [];

    public override bool MayBeClosed => false;

    public override Database OpenForWriting(Period period) => _open.GetOrAdd(period, _ =>
    {
        var database = new SqliteDatabase($"Data Source={name}-{period};Mode=Memory;Cache=Shared;Pooling=False");
        SqlitePragmas.ForMemory(database);
        PeriodSchema.Apply(database, period.Family);
        return database;
    });

    public override T? Read<T>(Period period, Func<Database, T> read)
        where T : default => _open.TryGetValue(period, out var database) ? read(database) : default;

    public override bool TryRemove(Period period)
    {
        if (_open.TryRemove(period, out var database)) database.Dispose();
        return true;
    }

    // Another store of this name may have them: they are held from now on.
    public override void RemoveUnnamed(IReadOnlySet<Period> named)
    {
        foreach (var period in named) OpenForWriting(period);
    }

    public override long? SizeOf(Period period) => null;

    public override void Dispose()
    {
        foreach (var database in _open.Values) database.Dispose();
        _open.Clear();
    }
}
