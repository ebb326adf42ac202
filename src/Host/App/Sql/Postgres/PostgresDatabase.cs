using System.Net.Sockets;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// A connection to PostgreSQL. What nobody needs the answer of is sent together with the next statement that somebody does, so that
/// a turn costs as many round trips as it has questions. A connection that broke is opened again at the next use outside a transaction.
/// </summary>
internal class PostgresDatabase : Database
{
    // What a session has to write to make room in the server's memory goes to the disk soon. Left to the system it gathers until a checkpoint
    // has the disk write a gigabyte at once, and every commit waits behind that. Reading writes, too: it tidies pages that rows have left.
    private const string SteadyWrites = "SELECT set_config(name, '256kB', false) FROM pg_settings WHERE name = 'backend_flush_after' AND context = 'user'";

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;
    private readonly Action<NpgsqlConnection>? _opened;
    private readonly List<NpgsqlBatchCommand> _put = [];
    private readonly Queue<PostgresStatement> _asked = [];
    private bool _isInTransaction;

    /// <param name="opened">Called with each connection that was opened, before anything else is done with it.</param>
    public PostgresDatabase(string connectionString, Action<NpgsqlConnection>? opened = null)
    {
        _source = PostgresConnections.Source(connectionString);
        _connection = _source.CreateConnection();
        _opened = opened;
    }

    public override bool IsPostgres => true;

    public override bool IsLost => _connection.State != System.Data.ConnectionState.Open;

    /// <summary>Round trips so far.</summary>
    public long RoundTrips { get; private set; }

    /// <summary>READ COMMITTED, whatever the server's default: what the transaction before left is seen by every statement.</summary>
    public override void Begin()
    {
        Open();
        _isInTransaction = true;
        Put(new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL READ COMMITTED"));
    }

    public override void MayLose() => Put(new NpgsqlBatchCommand("SET LOCAL synchronous_commit TO OFF"));

    public override void Commit()
    {
        Confirm();
        this["COMMIT"].Run();
        _isInTransaction = false;
    }

    public override void Rollback()
    {
        _put.Clear();
        _asked.Clear();
        if (!_isInTransaction) return;
        _isInTransaction = false;
        try
        {
            if (!IsLost) this["ROLLBACK"].Run();
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // The server undoes what was open once the connection is gone.
            _connection.Close();
        }
    }

    public override void Execute(string sql)
    {
        Open();
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    public override string Ask(string sql)
    {
        Open();
        using var command = new NpgsqlCommand(sql, _connection);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)! : "";
    }

    /// <summary>A statement that takes whole columns of values.</summary>
    public PostgresStatement At(string sql) => (PostgresStatement)this[sql];

    /// <summary>To be sent with the next question.</summary>
    public void Put(NpgsqlBatchCommand command) => _put.Add(command);

    /// <summary>To be sent with the next question, and to give its rows to whoever asked. It has rows to give, be it none.</summary>
    public void Ask(NpgsqlBatchCommand command, PostgresStatement asked)
    {
        _put.Add(command);
        _asked.Enqueue(asked);
    }

    /// <summary>Sends all that was put, then this, and gives everybody who asked the rows.</summary>
    public void Send(NpgsqlBatchCommand command, PostgresStatement asked)
    {
        Ask(command, asked);
        SendAhead();
    }

    /// <summary>Sends all that was put.</summary>
    public void SendAhead()
    {
        if (!_isInTransaction) Open();
        using var batch = new NpgsqlBatch(_connection);
        foreach (var command in _put) batch.BatchCommands.Add(command);
        _put.Clear();
        RoundTrips++;
        PostgresStatement[] asked = [.. _asked];
        _asked.Clear();
        using var reader = batch.ExecuteReader();
        foreach (var one in asked)
        {
            one.Read(reader);
            reader.NextResult();
        }
    }

    /// <summary>Sends all that was put, then rows in binary, all or none of which are taken.</summary>
    public void Copy(string sql, Action<NpgsqlBinaryImporter> write)
    {
        Confirm();
        if (_put.Count > 0) SendAhead();
        RoundTrips++;
        using var rows = _connection.BeginBinaryImport(sql);
        write(rows);
        rows.Complete();
    }

    /// <summary>Sees that the transaction which was begun may go on.</summary>
    public virtual void Confirm()
    {
    }

    public override void Dispose()
    {
        base.Dispose();
        _connection.Dispose();
        _source.Dispose();
    }

    protected override Statement Prepare(string sql) => new PostgresStatement(this, sql);

    private void Open()
    {
        if (!IsLost) return;
        _connection.Close();
        try
        {
            _connection.Open();
        }
        catch (Exception error) when (error is SocketException or TimeoutException)
        {
            throw new NpgsqlException("The server's address cannot be found or does not answer.", error);
        }
        _opened?.Invoke(_connection);
        Execute(SteadyWrites);
    }
}
