namespace Amble.App.Sql;

/// <summary>
/// A prepared statement that is used again and again: values are bound by position, in order, without boxing. Not thread-safe.
/// </summary>
internal abstract class Statement : IDisposable
{
    /// <summary>Ready for the first value.</summary>
    public abstract Statement Begin();

    public abstract Statement Bind(long value);

    public abstract Statement Bind(long? value);

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public abstract Statement Bind(string? value);

    public abstract Statement Bind(ReadOnlySpan<byte> value);

    /// <summary>Carries it out; the number of rows it changed.</summary>
    public abstract int Run();

    /// <summary>Carries out an INSERT of one row into a table with a column id; its id, or null when it was there already.</summary>
    public abstract long? RunForId();

    /// <summary>Carries it out before the next statement whose answer is asked for, at the latest with the commit: nobody needs its answer.</summary>
    public abstract void Put();

    /// <summary>The next row; false after the last, and then nothing is held any more.</summary>
    public abstract bool Step();

    /// <summary>The first column of the first row; null when there is no row or it holds null.</summary>
    public long? Single()
    {
        var value = Step() ? MaybeInteger(0) : null;
        End();
        return value;
    }

    /// <summary>Gives up the rows that are left.</summary>
    public abstract void End();

    public abstract long Integer(int column);

    public int Number(int column) => checked((int)Integer(column));

    public bool Flag(int column) => Integer(column) != 0;

    public abstract bool IsNull(int column);

    public long? MaybeInteger(int column) => IsNull(column) ? null : Integer(column);

    public abstract string Text(int column);

    public string? MaybeText(int column) => IsNull(column) ? null : Text(column);

    public abstract byte[] Blob(int column);

    public abstract void Dispose();
}
