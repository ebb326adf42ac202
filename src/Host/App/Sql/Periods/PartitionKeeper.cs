using System.Data.Common;
using System.Net.Sockets;
using Amble.App.Sql.Postgres;
using Amble.Behaviours.Ports;
using Npgsql;

namespace Amble.App.Sql.Periods;

/// <summary>
/// Makes partitions ahead and removes them, by a connection of its own that gives up a lock after milliseconds: a turn that stands behind
/// it waits no longer than that. What could not be done now is tried again.
/// </summary>
internal sealed class PartitionKeeper(string connectionString, StoreErrors errors) : IDisposable
{
    private static readonly TimeSpan _lockPatience = TimeSpan.FromMilliseconds(15);

    private readonly NpgsqlDataSource _source = PostgresConnections.Source(connectionString);
    private readonly Lock _gate = new();

    /// <summary>False when somebody held a lock for too long.</summary>
    public bool TryMake(Period period) => TryRun(Partitions.Making(period));

    /// <summary>Detaches it, or drops it or one of its pieces; false when something is left, or somebody held a lock for too long.</summary>
    public bool TryRemove(Period period) =>
        TryRun(Partitions.NextRemoval(period), out var next) && TryRun(next!) && next == Partitions.Dropping(period);

    public void Dispose() => _source.Dispose();

    /// <exception cref="StoreUnavailableException">The server does not answer.</exception>
    private bool TryRun(string sql) => TryRun(sql, out _);

    /// <param name="answer">What it answers first, if it does.</param>
    /// <exception cref="StoreUnavailableException">The server does not answer.</exception>
    private bool TryRun(string sql, out string? answer)
    {
        answer = null;
        lock (_gate)
        {
            try
            {
                using var connection = _source.OpenConnection();
                using var command = new NpgsqlCommand($"SET lock_timeout = {(int)_lockPatience.TotalMilliseconds}; {sql}", connection);
                answer = command.ExecuteScalar() as string;
                return true;
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                return false;
            }
            catch (DbException error) when (errors.IsUnavailable(error))
            {
                throw errors.Unavailable(error);
            }
            catch (Exception error) when (error is SocketException or TimeoutException)
            {
                throw errors.Unavailable(new NpgsqlException("The server's address cannot be found or does not answer.", error));
            }
        }
    }
}
