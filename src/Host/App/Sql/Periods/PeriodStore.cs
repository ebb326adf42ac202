namespace Amble.App.Sql.Periods;

/// <summary>
/// Where periods are kept. The writer's side is used in its turn by its thread; reads come from any. What a turn writes to periods is
/// committed before the main database, which is the truth: what a crash leaves in a period alone is never looked at.
/// </summary>
/// <param name="hours">Length of the periods of families that have none of their own.</param>
internal abstract class PeriodStore(int hours) : IPeriodReads, IDisposable
{
    public Period Of(PeriodFamily family, DateTimeOffset at) => Period.Of(family, at, hours);

    /// <summary>The first instant after a period that begins now.</summary>
    public DateTimeOffset EndOf(Period period) => DateTimeOffset.UnixEpoch.AddHours(period.Number + (period.Family.Hours ?? hours));

    /// <summary>Where rows of this period are written, within this turn; it is made when it is not there.</summary>
    public abstract Database Write(Period period);

    /// <summary>The same for rows with these numbers, where a period is kept in pieces (<see cref="PieceRule"/>).</summary>
    public virtual Database Write(Period period, long first, long last) => Write(period);

    /// <summary>Commits what this turn has written to periods, if they do not take part in the main transaction.</summary>
    public virtual void Commit()
    {
    }

    /// <summary>The main transaction is committed too.</summary>
    public virtual void Stored()
    {
    }

    /// <summary>The turn was undone, or was not stored in the main database.</summary>
    public virtual void Undo()
    {
    }

    /// <summary>Begins what <see cref="RollbackCommand"/> can undo by itself.</summary>
    public virtual void BeginCommand()
    {
    }

    public virtual void RollbackCommand()
    {
    }

    public virtual void EndCommand()
    {
    }

    /// <inheritdoc />
    public abstract T? Read<T>(Database main, Period period, Func<Database, T> read);

    /// <summary>The writer is to write to a period no more, from the end of this turn on.</summary>
    public virtual void LetGo(Period period)
    {
    }

    /// <summary>Makes the coming two periods, where that is done beforehand; false when it must be tried again.</summary>
    public virtual bool TryMakeAhead(DateTimeOffset now) => true;

    /// <summary>
    /// Deletes a period that the main database no longer names. Never called within a turn; false when a piece of it has gone and another is
    /// left, or somebody was in the way: then it is to be called again.
    /// </summary>
    public abstract bool TryRemove(Period period);

    /// <summary>
    /// What is there and the main database does not name: no row came to it, or a crash came before it was deleted. Files without a name go
    /// when they are opened.
    /// </summary>
    public virtual IReadOnlyList<Period> ReadUnnamed(Database main) => [];

    /// <summary>Bytes on the disk; null when that cannot be said.</summary>
    public abstract long? SizeOf(Database main, Period period);

    public abstract void Dispose();
}
