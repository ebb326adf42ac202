using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// A statement of PostgreSQL. Its rows are all received at once: a connection has one answer open at a time, and whoever reads them asks
/// other questions in between. Whole numbers are 64 bits wide and kept without boxing.
/// </summary>
internal sealed class PostgresStatement(PostgresDatabase database, string sql) : Statement
{
    private readonly string _text = PostgresText.Of(sql);
    private readonly List<Cell> _cells = [];
    private NpgsqlBatchCommand _command = new();
    private Answer _answer;
    private int _columns;
    private int _next;

    public override Statement Begin()
    {
        _command = new NpgsqlBatchCommand(_text);
        Forget();
        return this;
    }

    public override Statement Bind(long value)
    {
        _command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint });
        return this;
    }

    public override Statement Bind(long? value) => value is { } some ? Bind(some) : BindNull(NpgsqlDbType.Bigint);

    public override Statement Bind(string? value)
    {
        if (value is null) return BindNull(NpgsqlDbType.Text);
        _command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Storable(value), NpgsqlDbType = NpgsqlDbType.Text });
        return this;
    }

    public override Statement Bind(ReadOnlySpan<byte> value)
    {
        _command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = value.ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea });
        return this;
    }

    private enum Answer
    {
        None,
        Ahead,
        Here,
    }

    /// <summary>Asks it together with whatever is sent next; its rows are read later.</summary>
    public void Ahead()
    {
        _answer = Answer.Ahead;
        database.Ask(_command, this);
    }

    /// <summary>Takes its rows from where the reader stands.</summary>
    public void Read(NpgsqlDataReader reader)
    {
        _answer = Answer.Here;
        _columns = reader.FieldCount;
        Span<bool> isOther = stackalloc bool[_columns];
        for (var i = 0; i < _columns; i++) isOther[i] = reader.GetFieldType(i) == typeof(string) || reader.GetFieldType(i) == typeof(byte[]);
        while (reader.Read())
        {
            for (var i = 0; i < _columns; i++)
            {
                _cells.Add(reader.IsDBNull(i) ? new Cell(0, null, true) : isOther[i] ? new Cell(0, reader.GetValue(i), false) : new Cell(reader.GetInt64(i), null, false));
            }
        }
    }

    /// <summary>A whole column of values, for a statement that takes them by <c>unnest</c>.</summary>
    public PostgresStatement BindAll(long[] values)
    {
        _command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        return this;
    }

    /// <inheritdoc cref="BindAll(long[])" />
    public PostgresStatement BindAll(long?[] values)
    {
        _command.Parameters.Add(new NpgsqlParameter<long?[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        return this;
    }

    /// <inheritdoc cref="BindAll(long[])" />
    public PostgresStatement BindAll(byte[][] values)
    {
        _command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        return this;
    }

    /// <inheritdoc cref="BindAll(long[])" />
    public PostgresStatement BindAll(string?[] values)
    {
        var storable = Array.ConvertAll(values, value => value is null ? null : Storable(value));
        _command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = storable, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return this;
    }

    public override int Run()
    {
        database.Send(_command, this);
        Forget();
        return _command.RecordsAffected;
    }

    public override long? RunForId()
    {
        _command.CommandText = _text + " RETURNING id";
        return Single();
    }

    public override void Put() => database.Put(_command);

    public override bool Step()
    {
        if (_answer == Answer.None) database.Send(_command, this);
        else if (_answer == Answer.Ahead) database.SendAhead();
        if (_next >= _cells.Count)
        {
            Forget();
            return false;
        }
        _next += _columns;
        return true;
    }

    public override void End() => Forget();

    public override long Integer(int column) => At(column).Number;

    public override bool IsNull(int column) => At(column).IsNull;

    public override string Text(int column) => (string?)At(column).Other ?? "";

    public override byte[] Blob(int column) => (byte[]?)At(column).Other ?? [];

    public override void Dispose()
    {
    }

    private PostgresStatement BindNull(NpgsqlDbType type)
    {
        _command.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type });
        return this;
    }

    private Cell At(int column) => _cells[_next - _columns + column];

    private void Forget()
    {
        _cells.Clear();
        _next = 0;
        _answer = Answer.None;
    }

    /// <summary>PostgreSQL's text has no U+0000 and is whole UTF-8: what is neither becomes U+FFFD, as HTML and UTF-8 decoders have it.</summary>
    public static string Storable(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0) text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Replace('\0', '\uFFFD');
    }

    private readonly record struct Cell(long Number, object? Other, bool IsNull);
}
