namespace Amble.App.Sql.Periods;

/// <summary>
/// Periods as databases of their own, each with a connection of its own, opened when it is first needed; two of a family stay open, the
/// current and the one before. Nothing is attached: SQLite attaches ten at most, and a commit over several is not atomic in WAL anyway.
/// </summary>
/// <param name="main">The writer's connection.</param>
internal sealed class SqlitePeriods(SqlitePeriodPlace place, Database main, int hours) : PeriodStore(hours)
{
    private const int KeptOpen = 2;

    private readonly Dictionary<Period, Database> _open = [];
    private readonly HashSet<Period> _begun = [];
    private readonly HashSet<Period> _healed = [];
    private readonly List<Period> _leaving = [];
    private bool _isInCommand;

    public override Database Write(Period period)
    {
        if (!_open.TryGetValue(period, out var database)) _open.Add(period, database = place.OpenForWriting(period));
        if (!_begun.Add(period)) return database;
        database.Begin();
        if (_isInCommand) database["SAVEPOINT command"].Run();
        if (_healed.Add(period)) Heal(period, database);
        return database;
    }

    public override void Commit()
    {
        foreach (var period in _begun) _open[period].Commit();
    }

    public override void Undo()
    {
        foreach (var period in _begun) _open[period].Rollback();
        // Some may have been committed: what they hold beyond the main database goes before anything is written to them again.
        _healed.ExceptWith(_begun);
        _leaving.Clear();
        Stored();
    }

    public override void Stored()
    {
        _begun.Clear();
        _isInCommand = false;
        foreach (var period in _leaving) Close(period);
        _leaving.Clear();
        if (!place.MayBeClosed || _open.Count <= KeptOpen) return;
        foreach (var old in _open.Keys.GroupBy(period => period.Family).SelectMany(family => family.OrderByDescending(period => period.Number).Skip(KeptOpen)).ToList())
            Close(old);
    }

    public override void BeginCommand()
    {
        _isInCommand = true;
        foreach (var period in _begun) _open[period]["SAVEPOINT command"].Run();
    }

    public override void RollbackCommand()
    {
        foreach (var period in _begun) _open[period]["ROLLBACK TO command"].Run();
    }

    public override void EndCommand()
    {
        _isInCommand = false;
        foreach (var period in _begun) _open[period]["RELEASE command"].Run();
    }

    public override T? Read<T>(Database main, Period period, Func<Database, T> read)
        where T : default => place.Read(period, read);

    public override bool TryRemove(Period period) => place.TryRemove(period);

    /// <inheritdoc cref="SqlitePeriodPlace.RemoveUnnamed" />
    public void RemoveUnnamed(IReadOnlySet<Period> named) => place.RemoveUnnamed(named);

    public override long? SizeOf(Database main, Period period) => place.SizeOf(period);

    public override void LetGo(Period period) => _leaving.Add(period);

    public override void Dispose()
    {
        // Readers first: whoever is the last to close a database writes its log back.
        place.Dispose();
        foreach (var database in _open.Values) database.Dispose();
        _open.Clear();
    }

    private void Close(Period period)
    {
        if (_open.Remove(period, out var database) && place.MayBeClosed) database.Dispose();
        _healed.Remove(period);
    }

    // Rows that were committed here and not in the main database, since the process died in between, must not count as stored.
    private void Heal(Period period, Database database)
    {
        if (period.Family.RowNumber is not { } number) return;
        database.Execute($"DELETE FROM {period.Family.Name} WHERE {number} > {PeriodCatalog.LastRow(main, period)}");
    }
}
