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

    /// <summary>Deletes a period that the main database no longer names. Never called within a turn; false when it must be tried again.</summary>
    public abstract bool TryRemove(Period period);

    /// <summary>Deletes what the main database does not name: a crash came between. Called once, before the first turn.</summary>
    public abstract void RemoveUnnamed(IReadOnlySet<Period> named);

    /// <summary>Bytes on the disk; null when that cannot be said.</summary>
    public abstract long? SizeOf(Database main, Period period);

    public abstract void Dispose();
}
