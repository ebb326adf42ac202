using System.Data.Common;
using Amble.Behaviours.Ports;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>What an SQLSTATE means to us (PostgreSQL manual, appendix A). An error without one is trouble with the connection.</summary>
/// <param name="where">The database, for people: never with a password.</param>
internal sealed class PostgresErrors(string where) : StoreErrors
{
    private const string DiskFull = "53100";
    private const string ReadOnly = "25006";

    // Data that does not fit, constraints, limits of a row or an index entry.
    private static readonly string[] _badRows = ["22", "23", "54"];

    // The connection, resources, the operator, the system; then: shutting down or standing by, serialization, deadlock, no lock in time.
    private static readonly string[] _unavailable = ["08", "53", "57", "58", "25", "40", "55P03", "28", "3D", "42501", "F0"];

    public override bool IsBadRow(DbException error) => error is PostgresException { SqlState: { } state } && _badRows.Any(state.StartsWith);

    public override bool IsUnavailable(DbException error) => error switch
    {
        PostgresException { SqlState: { } state } => _unavailable.Any(state.StartsWith),
        NpgsqlException => true,
        _ => false,
    };

    public override StoreUnavailableException Unavailable(DbException error) => (error as PostgresException)?.SqlState switch
    {
        DiskFull => new($"The disk of {where} is full; once there is room, everything goes on by itself.", true, error),
        ReadOnly => new($"{where} takes no changes (SQLSTATE {ReadOnly}); it must be the primary server, not a standby.", false, error),
        { } state => new($"{where} did not answer (SQLSTATE {state}); it is tried again.", false, error),
        null => new($"{where} cannot be reached or did not answer; it is tried again.", false, error),
    };
}
