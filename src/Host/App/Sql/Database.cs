using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>One open connection with the statements prepared on it. Used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    // By reference: every text is a constant, and hashing a long one at each use would cost as much as a small statement.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    public Database(string connectionString)
    {
        _ = SqliteLibrary.Version;
        Connection = new SqliteConnection(connectionString);
        try
        {
            Connection.Open();
        }
        catch
        {
            Connection.Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    /// <summary>False inside a transaction.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(Connection.Handle) != 0;

    public long LastId => raw.sqlite3_last_insert_rowid(Connection.Handle);

    /// <summary>The statement of this text, ready for its first value; prepared at its first use.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement)) _statements.Add(sql, statement = new Statement(Connection.Handle!, sql));
            return statement.Begin();
        }
    }

    /// <summary>Carries out a text of one or more statements without values.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(Connection.Handle, sql);
        if (code != raw.SQLITE_OK) throw SqliteErrors.Of(Connection.Handle!, code);
    }

    /// <summary>A pragma's or a query's first value as text; empty when there is none.</summary>
    public string Ask(string sql)
    {
        using var statement = new Statement(Connection.Handle!, sql);
        var answer = statement.Step() ? statement.Text(0) : "";
        statement.End();
        return answer;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        Connection.Dispose();
    }
}
