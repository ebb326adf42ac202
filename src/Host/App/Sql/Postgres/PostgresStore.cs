using System.Data.Common;
using System.Net.Sockets;
using Amble.App.Sql.Periods;
using Amble.App.Sql.Reading;
using Amble.App.Sql.Reading.Reports;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// A database of a PostgreSQL server (14 or newer). Any number of nodes read; one at a time writes, under the writer's epoch. Open it for
/// both in one process, or each side where it is needed.
/// </summary>
public sealed class PostgresStore : IStore
{
    private readonly PostgresWrites _writes;
    private readonly PostgresReads _reads;

    private PostgresStore(PostgresWrites writes, PostgresReads reads) => (_writes, _reads) = (writes, reads);

    public IWriteStore Writes => _writes.Writes;

    public ReadStore Reads => _reads.Reads;

    /// <inheritdoc />
    public IRetentionStore Retention => _writes.Retention;

    /// <summary>The epoch that this store writes at.</summary>
    public long Epoch => _writes.Epoch;

    internal PostgresDatabase Writing => _writes.Database;

    internal PeriodStore Periods => _writes.Periods;

    /// <summary>Opens it for one process that does all; a writer that is alive is a problem, since it cannot hand over.</summary>
    /// <param name="connection">Allowed by <see cref="PostgresConnections.TryRead"/>. Schema and tables are made where they are missing.</param>
    /// <param name="traps">Budgets of this process's jobs; null for the usual ones.</param>
    /// <param name="node">Who writes, for people.</param>
    /// <param name="keeping">How long what is stored is shown; null shows everything.</param>
    /// <exception cref="StoreProblemException">It cannot be opened until somebody does something.</exception>
    public static PostgresStore Open(string connection, UnpackOutlinks unpack, TrapSettings? traps, string node, StoreKeeping? keeping = null)
    {
        var writes = OpenWrites(connection, traps, node, endFormer: false, keeping);
        try
        {
            return new PostgresStore(writes, OpenReads(connection, unpack, keeping));
        }
        catch
        {
            writes.Dispose();
            throw;
        }
    }

    /// <summary>Becomes the writer. Another that is alive is ended when <paramref name="endFormer"/> says so, else it is a problem.</summary>
    /// <inheritdoc cref="Open" />
    public static PostgresWrites OpenWrites(string connection, TrapSettings? traps, string node, bool endFormer, StoreKeeping? keeping = null) =>
        Try(connection, (text, where) => new PostgresWrites(PostgresWriting.Open(text, where, node, endFormer), text, where, traps ?? TrapSettings.Default, keeping));

    /// <summary>Reads only: whoever writes is left alone.</summary>
    /// <inheritdoc cref="Open" />
    public static PostgresReads OpenReads(string connection, UnpackOutlinks unpack, StoreKeeping? keeping = null) =>
        Try(connection, (text, where) => new PostgresReads(text, where, unpack, keeping));

    /// <inheritdoc />
    public IReadOnlyList<string> CheckConsistency() => StoreConsistency.Check(_writes.Database, _writes.Periods);

    public void Dispose()
    {
        _reads.Dispose();
        _writes.Dispose();
    }

    private static T Try<T>(string connection, Func<string, string, T> open)
    {
        var (text, where) = (PostgresConnections.For(connection), PostgresConnections.Where(connection));
        try
        {
            PostgresSchema.Apply(text, where);
            return open(text, where);
        }
        catch (Exception error) when (error is DbException or SocketException or TimeoutException)
        {
            throw new StoreProblemException(Sentence(error, where), error);
        }
    }

    private static string Sentence(Exception error, string where) => (error as PostgresException)?.SqlState switch
    {
        "28P01" or "28000" => $"{where} does not let this user in; check the user name, the password and the server's pg_hba.conf.",
        "3D000" => $"{where} does not exist; make it with CREATE DATABASE.",
        "42501" => $"{where} does not let this user make or use the schema; GRANT CREATE ON DATABASE, or name a schema of its own with Search Path.",
        "42P07" => $"{where} has tables of another program in this schema; name another schema with Search Path.",
        "53100" => $"The disk of {where} is full; free some room and start again.",
        "53300" => $"{where} has no connection left; raise max_connections or end others.",
        { } state => $"{where} cannot be opened (SQLSTATE {state}: {((PostgresException)error).MessageText}).",
        null => $"{where} cannot be reached ({error.GetBaseException().Message}); check that the server runs and that the address is right.",
    };
}
