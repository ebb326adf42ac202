using Amble.App.Sql.Periods;

namespace Amble.App.Sql;

/// <summary>
/// How many visits are stored, and of how many the details by period: changed in the transaction that changes the rows (SEEDS R-4), and told
/// from memory as the last committed turn left them. Changed by the writer, read by anybody.
/// </summary>
internal sealed class StoredCounts(Database main)
{
    private const string Add = "INSERT INTO stored (what, value) VALUES ('visits', ?) ON CONFLICT (what) DO UPDATE SET value = stored.value + excluded.value";

    private long _visits;
    private long _details;
    private (long Visits, long Details) _turn;
    private (long Visits, long Details) _command;

    public long Visits => Interlocked.Read(ref _visits);

    public long Details => Interlocked.Read(ref _details);

    /// <summary>Reads them as they are stored: before the first turn, and when the connection is another one.</summary>
    public void Load()
    {
        Interlocked.Exchange(ref _visits, main["SELECT value FROM stored WHERE what = 'visits'"].Single() ?? 0);
        Interlocked.Exchange(ref _details, PeriodCatalog.Read(main).Where(named => named.Period.Family == PeriodFamily.Details).Sum(named => named.Rows));
    }

    public void VisitsCame(long rows)
    {
        main[Add].Bind(rows).Put();
        _turn.Visits += rows;
    }

    /// <summary>Rows of a period came, or went.</summary>
    public void Came(Period period, long rows)
    {
        if (period.Family == PeriodFamily.Details) _turn.Details += rows;
    }

    /// <summary>What was changed since the turn began or a command ended is kept apart, for <see cref="RollbackCommand"/>.</summary>
    public void EndCommand() => _command = _turn;

    public void RollbackCommand() => _turn = _command;

    /// <summary>The turn is committed.</summary>
    public void Stored()
    {
        Interlocked.Add(ref _visits, _turn.Visits);
        Interlocked.Add(ref _details, _turn.Details);
        Undo();
    }

    public void Undo() => (_turn, _command) = (default, default);
}
