using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>A connection to an SQLite database, by the engine's own interface.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly SqliteLog? _log;

    /// <param name="log">Is told of each commit; null where SQLite looks after the log by itself.</param>
    public SqliteDatabase(string connectionString, SqliteLog? log = null)
    {
        _log = log;
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

    /// <summary>Reads and writes a file, which is made where there is none.</summary>
    /// <param name="checkpoints">What carries its log over.</param>
    public static SqliteDatabase OpenFile(string path, SqliteCheckpoints checkpoints) => new(Text(path, SqliteOpenMode.ReadWriteCreate), checkpoints.Follow(path));

    /// <summary>For checkpoints of a file that another connection writes.</summary>
    public static SqliteDatabase OpenForCheckpoints(string path) => Open(path, SqliteOpenMode.ReadWrite, SqlitePragmas.ForCheckpoints);

    /// <summary>Only reads a file that is there.</summary>
    public static SqliteDatabase OpenForReading(string path) => Open(path, SqliteOpenMode.ReadOnly, SqlitePragmas.ForReading);

    public SqliteConnection Connection { get; }

    public override bool IsPostgres => false;

    public override bool IsLost => false;

    public override void Begin() => this["BEGIN IMMEDIATE"].Run();

    public override void Commit()
    {
        this["COMMIT"].Run();
        _log?.Committed(Connection.Handle!);
    }

    public override void Rollback()
    {
        // SQLite has ended the transaction by itself after some errors (full disk, I/O).
        if (raw.sqlite3_get_autocommit(Connection.Handle) == 0) this["ROLLBACK"].Run();
    }

    public override void Execute(string sql)
    {
        var code = raw.sqlite3_exec(Connection.Handle, sql);
        if (code != raw.SQLITE_OK) throw SqliteErrors.Of(Connection.Handle!, code);
    }

    public override string Ask(string sql)
    {
        using var statement = new SqliteStatement(Connection.Handle!, sql);
        var answer = statement.Step() ? statement.Text(0) : "";
        statement.End();
        return answer;
    }

    public override void Dispose()
    {
        base.Dispose();
        Connection.Dispose();
        _log?.Leave();
    }

    protected override Statement Prepare(string sql) => new SqliteStatement(Connection.Handle!, sql);

    private static SqliteDatabase Open(string path, SqliteOpenMode mode, Action<SqliteDatabase> prepare)
    {
        var database = new SqliteDatabase(Text(path, mode));
        try
        {
            prepare(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static string Text(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();
}
