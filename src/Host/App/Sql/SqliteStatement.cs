using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>A statement of SQLite, carried out at once.</summary>
internal sealed class SqliteStatement : Statement
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public override Statement Begin()
    {
        raw.sqlite3_reset(_statement);
        _bound = 0;
        return this;
    }

    public override Statement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public override Statement Bind(long? value) => value is { } some ? Bind(some) : BindNull();

    public override Statement Bind(string? value)
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

    public override Statement Bind(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_bound, 0) : raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    private Statement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    public override int Run()
    {
        while (Step()) { }
        return raw.sqlite3_changes(_connection);
    }

    public override long? RunForId() => Run() == 1 ? raw.sqlite3_last_insert_rowid(_connection) : null;

    public override void Put() => Run();

    public override bool Step()
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

    public override void End() => raw.sqlite3_reset(_statement);

    public override long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    public override byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public override void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw SqliteErrors.Of(_connection, code);
    }
}
