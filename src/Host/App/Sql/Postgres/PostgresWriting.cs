using Amble.Behaviours.Ports;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// The writer's connection, and its right to write: an epoch, taken when it is opened by compare-and-set. Every transaction locks the
/// writer's row at that epoch first (SEEDS S-5). Once another has taken the next one, nothing is stored here any more, for good.
/// </summary>
internal sealed class PostgresWriting : PostgresDatabase
{
    private const string LockEpoch = "SELECT epoch FROM writer WHERE id = 1 AND epoch = ? FOR UPDATE";

    private readonly WriterEpoch _epoch;
    private PostgresStatement? _lock;

    private PostgresWriting(string connectionString, WriterEpoch epoch)
        : base(connectionString, epoch.Opened) => _epoch = epoch;

    /// <summary>The epoch that is written at.</summary>
    public long Epoch => _epoch.Number;

    /// <param name="node">Who writes, for people.</param>
    /// <param name="endFormer">Whether a writer that is alive is ended; if not, it is a problem.</param>
    /// <exception cref="StoreProblemException">There is a writer that is alive.</exception>
    /// <exception cref="StoreUnavailableException">Another became the writer in the same moment.</exception>
    public static PostgresWriting Open(string connectionString, string where, string node, bool endFormer)
    {
        var database = new PostgresWriting(connectionString, new WriterEpoch(where, node, endFormer));
        try
        {
            database.Ask("SELECT 1");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public override void Begin()
    {
        base.Begin();
        _lock = At(LockEpoch);
        _lock.Bind(Epoch);
        _lock.Ahead();
    }

    public override void Confirm()
    {
        if (_lock is null) return;
        var epoch = _lock.Single();
        _lock = null;
        if (epoch is null) throw _epoch.Fenced();
    }

    public override void Rollback()
    {
        _lock = null;
        base.Rollback();
    }
}
