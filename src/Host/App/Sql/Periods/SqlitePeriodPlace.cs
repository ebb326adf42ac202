namespace Amble.App.Sql.Periods;

/// <summary>Where SQLite's periods are: files in a directory, or databases in memory.</summary>
internal abstract class SqlitePeriodPlace : IDisposable
{
    /// <summary>What is closed is there again when it is opened.</summary>
    public abstract bool MayBeClosed { get; }

    /// <summary>Opens it with its tables, makes it when it is not there.</summary>
    public abstract Database OpenForWriting(Period period);

    /// <inheritdoc cref="IPeriodReads.Read" />
    public abstract T? Read<T>(Period period, Func<Database, T> read);

    /// <inheritdoc cref="PeriodStore.TryRemove" />
    public abstract bool TryRemove(Period period);

    /// <summary>Deletes what the main database does not name: a crash came between. Called once, before the first turn.</summary>
    public abstract void RemoveUnnamed(IReadOnlySet<Period> named);

    public abstract long? SizeOf(Period period);

    public abstract void Dispose();
}
