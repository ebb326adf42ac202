using System.Data.Common;
using Amble.Behaviours.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>What an SQLite result code means to us.</summary>
/// <param name="where">The database's path or name, for people.</param>
internal sealed class SqliteErrors(string where) : StoreErrors
{
    public override bool IsBadRow(DbException error) => Code(error) is
        raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE;

    public override bool IsUnavailable(DbException error) => Code(error) is
        raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN
        or raw.SQLITE_PERM or raw.SQLITE_PROTOCOL or raw.SQLITE_NOMEM;

    public override StoreUnavailableException Unavailable(DbException error) => Code(error) switch
    {
        raw.SQLITE_FULL => new($"The disk that holds {where} is full; once there is room, everything goes on by itself.", true, error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new($"The database {where} may not be written; its directory and files must be writable.", false, error),
        _ => new($"The database {where} did not answer (SQLite code {((SqliteException)error).SqliteExtendedErrorCode}); it is tried again.", false, error),
    };

    public static SqliteException Of(sqlite3 connection, int code) =>
        new($"SQLite {code}: {raw.sqlite3_errmsg(connection).utf8_to_string()}", code & 0xff, raw.sqlite3_extended_errcode(connection));

    private static int? Code(DbException error) => (error as SqliteException)?.SqliteErrorCode;
}
