using System.Data.Common;
using System.Net.Sockets;
using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// The table of leases and owners in PostgreSQL (DESIGN.md section 4), asked straight and not by the writer: a node must be able to keep
/// its lease while the writer moves. Renewals have a connection of their own, so that no claim holds them up. Every wait is shorter than a lease.
/// </summary>
public sealed class PostgresLeases : ILeaseTable, IDisposable
{
    private const string TakeOne = "INSERT INTO node_leases (node, ends_at) VALUES ($1, clock_timestamp() + $2) RETURNING epoch";

    private const string EndOne = "UPDATE node_leases SET ended = true WHERE epoch = $1 AND NOT ended";

    // Whoever waited for the row's lock sees what the one before made of it: an ended lease is never renewed, a renewed one never ended.
    private const string RenewOne = "UPDATE node_leases SET ends_at = clock_timestamp() + $2 WHERE epoch = $1 AND NOT ended AND ends_at > clock_timestamp()";

    private const string ReleaseOne = "UPDATE owners SET released = true WHERE domain = $1 AND epoch = $2 AND claim = $3";

    // A lease that is not there has ended; these would only be kept for nobody.
    private const string Forget = "DELETE FROM node_leases WHERE ends_at < clock_timestamp() - interval '1 hour'";

    // A name has no comma in it.
    private const string Members = "SELECT string_agg(DISTINCT node, ',' ORDER BY node) FROM node_leases WHERE NOT ended AND ends_at > clock_timestamp() AND node <> $1";

    private readonly string _where;
    private readonly PostgresErrors _errors;
    private readonly NpgsqlDataSource _source;
    private readonly PatientConnection _renewing;
    private readonly PatientConnection _claiming;

    private PostgresLeases(string connectionString, string where, LeaseSettings settings)
    {
        (_where, _errors) = (where, new PostgresErrors(where));
        _source = PostgresConnections.Source(connectionString);
        _renewing = new PatientConnection(_source, settings.Lasts / 4);
        _claiming = new PatientConnection(_source, settings.Lasts / 4);
    }

    /// <param name="connection">Allowed by <see cref="PostgresConnections.TryRead"/>; its schema is there.</param>
    public static PostgresLeases Open(string connection, LeaseSettings settings) =>
        new(Patient(PostgresConnections.For(connection), settings), PostgresConnections.Where(connection), settings);

    public long Take(string node, TimeSpan lasts, long? former) => Try(_renewing, connection =>
    {
        if (former is { } epoch) connection.Change(EndOne, epoch);
        connection.Change(Forget);
        return (long)connection.Ask(TakeOne, node, lasts)!;
    });

    public bool Renew(long epoch, TimeSpan lasts) => Try(_renewing, connection => connection.Change(RenewOne, epoch, lasts) == 1);

    public Claim? Claim(Hold wanted) => Try(_claiming, connection => PostgresClaim.Make(connection, wanted));

    public void Release(Hold hold) => Try(_claiming, connection => connection.Change(ReleaseOne, hold.Domain.Value, hold.Epoch, hold.Number));

    public IReadOnlyList<string> ReadMembers(string except) => Try(_claiming, connection => connection.Ask(Members, except) is string names ? names.Split(',') : []);

    public void End(long epoch) => Try(_renewing, connection => connection.Change(EndOne, epoch));

    public void Dispose()
    {
        _renewing.Dispose();
        _claiming.Dispose();
        _source.Dispose();
    }

    private T Try<T>(PatientConnection connection, Func<PatientConnection, T> step)
    {
        try
        {
            return connection.Use(step);
        }
        catch (DbException error) when (_errors.IsUnavailable(error))
        {
            throw _errors.Unavailable(error);
        }
        catch (Exception error) when (error is SocketException or TimeoutException or IOException)
        {
            throw new StoreUnavailableException($"{_where} cannot be reached or did not answer; it is tried again.", full: false, error);
        }
    }

    // Whole seconds are the least that the client can wait for a connection.
    private static string Patient(string connectionString, LeaseSettings settings) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Timeout = Math.Max(1, (int)(settings.Lasts / 4).TotalSeconds),
        CommandTimeout = Math.Max(1, (int)(settings.Lasts / 2).TotalSeconds),
        CancellationTimeout = -1,
    }.ToString();
}
