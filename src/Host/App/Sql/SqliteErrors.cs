using Amble.Behaviours.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>What an SQLite result code means to us. By code, never by text; what is in no list is a surprise and goes up.</summary>
internal static class SqliteErrors
{
    /// <summary>The row itself is at fault: it will never be stored, whoever tries.</summary>
    public static bool IsBadRow(SqliteException error) => error.SqliteErrorCode is
        raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE;

    /// <summary>Time or an operator may heal it: nothing was stored, or it is unknown whether.</summary>
    public static bool IsUnavailable(SqliteException error) => error.SqliteErrorCode is
        raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN
        or raw.SQLITE_PERM or raw.SQLITE_PROTOCOL or raw.SQLITE_NOMEM;

    public static StoreUnavailableException Unavailable(SqliteException error, string where) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new($"The disk that holds {where} is full; once there is room, everything goes on by itself.", true, error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new($"The database {where} may not be written; its directory and files must be writable.", false, error),
        _ => new($"The database {where} did not answer (SQLite code {error.SqliteExtendedErrorCode}); it is tried again.", false, error),
    };

    public static SqliteException Of(sqlite3 connection, int code) =>
        new($"SQLite {code}: {raw.sqlite3_errmsg(connection).utf8_to_string()}", code & 0xff, raw.sqlite3_extended_errcode(connection));
}
