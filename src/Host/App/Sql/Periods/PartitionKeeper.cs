using System.Data.Common;
using System.Globalization;
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

    // Whoever makes one waits for another who does: both would find that it is not there.
    private const long Lock = 0x416d6271;

    /// <summary>A statement that makes and attaches it, unless it is attached.</summary>
    public static string Making(Period period)
    {
        var (table, name) = (period.Family.Name, NameOf(period));
        return $"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass('{name}')) THEN
                    PERFORM pg_advisory_xact_lock({Lock});
                END IF;
                IF NOT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass('{name}')) THEN
                    CREATE TABLE IF NOT EXISTS {name} (LIKE {table} INCLUDING ALL) WITH (autovacuum_vacuum_cost_delay = 20);
                    ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES IN ({period.Number.ToString(CultureInfo.InvariantCulture)});
                END IF;
            END $$
            """;
    }

    public static string NameOf(Period period) => $"{period.Family.Name}_p{period.Number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>False when somebody held a lock for too long.</summary>
    public bool TryMake(Period period) => TryRun(Making(period));

    /// <summary>Detaches it and drops it; false when somebody held a lock for too long.</summary>
    public bool TryRemove(Period period)
    {
        var (table, name) = (period.Family.Name, NameOf(period));
        return TryRun(
            $"""
             DO $$ BEGIN
                 IF EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass('{name}')) THEN ALTER TABLE {table} DETACH PARTITION {name}; END IF;
             END $$
             """)
            && TryRun($"DROP TABLE IF EXISTS {name}");
    }

    /// <summary>Drops what was detached when its process died.</summary>
    public void RemoveDetached()
    {
        foreach (var family in PeriodFamily.All)
        {
            TryRun(
                $"""
                 DO $$ DECLARE name text; BEGIN
                     FOR name IN
                         SELECT c.relname FROM pg_class c
                         WHERE c.relkind = 'r' AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = '{family.Name}'::regclass)
                           AND c.relname ~ '^{family.Name}_p[0-9]+$' AND NOT EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhrelid = c.oid)
                     LOOP EXECUTE format('DROP TABLE %I', name); END LOOP;
                 END $$
                 """);
        }
    }

    public void Dispose() => _source.Dispose();

    /// <exception cref="StoreUnavailableException">The server does not answer.</exception>
    private bool TryRun(string sql)
    {
        lock (_gate)
        {
            try
            {
                using var connection = _source.OpenConnection();
                using var command = new NpgsqlCommand($"SET lock_timeout = {(int)_lockPatience.TotalMilliseconds}; {sql}", connection);
                command.ExecuteNonQuery();
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
