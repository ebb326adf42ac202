using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>
/// A prepared statement that is used again and again: values are bound by position, in order, without boxing. Not thread-safe.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public Statement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Ready for the first value.</summary>
    public Statement Begin()
    {
        raw.sqlite3_reset(_statement);
        _bound = 0;
        return this;
    }

    public Statement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public Statement Bind(long? value) => value is { } some ? Bind(some) : BindNull();

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public Statement Bind(string? value)
    {
        if (value is null) return BindNull();
        // An empty span would be bound as null.
        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(_statement, ++_bound, value));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > 1024 ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> bytes = rented is null ? stackalloc byte[1024] : rented;
        var length = Encoding.UTF8.GetBytes(value, bytes);
        var code = raw.sqlite3_bind_text(_statement, ++_bound, bytes[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        Check(code);
        return this;
    }

    public Statement Bind(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_bound, 0) : raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    private Statement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    /// <summary>Carries it out; the number of rows it changed.</summary>
    public int Run()
    {
        while (Step()) { }
        return raw.sqlite3_changes(_connection);
    }

    /// <summary>The next row; false after the last, and then nothing is held any more.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(_statement);
            return false;
        }

        var error = SqliteErrors.Of(_connection, code);
        raw.sqlite3_reset(_statement);
        throw error;
    }

    /// <summary>The first column of the first row; null when there is no row or it holds null.</summary>
    public long? Single()
    {
        var value = Step() ? MaybeInteger(0) : null;
        End();
        return value;
    }

    /// <summary>Gives up the rows that are left.</summary>
    public void End() => raw.sqlite3_reset(_statement);

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Number(int column) => checked((int)Integer(column));

    public bool Flag(int column) => Integer(column) != 0;

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long? MaybeInteger(int column) => IsNull(column) ? null : Integer(column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    public string? MaybeText(int column) => IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw SqliteErrors.Of(_connection, code);
    }
}
