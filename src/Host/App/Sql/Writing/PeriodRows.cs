using Amble.App.Sql.Periods;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>
/// What this turn writes to periods, and what the main database is to say of it: how many rows each has (SEEDS R-4), up to which row they
/// are stored for good, and whose they are.
/// </summary>
internal sealed class PeriodRows(Database main, PeriodStore periods, StoredCounts counts)
{
    private const string Add =
        """
        INSERT INTO periods (family, number, ends_at, last_row, rows) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (family, number) DO UPDATE SET rows = periods.rows + excluded.rows,
            last_row = CASE WHEN excluded.last_row > 0 THEN excluded.last_row ELSE periods.last_row END
        """;

    private const string Subtract = "UPDATE periods SET rows = rows - ? WHERE family = ? AND number = ?";
    private const string AddJob = "INSERT INTO period_jobs (family, number, job_id) VALUES (?, ?, ?) ON CONFLICT (family, number, job_id) DO NOTHING";

    // So many pairs of a period and a job are remembered as stored; beyond that all are forgotten, and stored once more in vain.
    private const int MostRemembered = 10_000;

    private readonly Dictionary<Period, (long Rows, long LastRow)> _changes = [];
    private readonly HashSet<(Period Period, JobId Job)> _new = [];
    private readonly HashSet<(Period Period, JobId Job)> _stored = [];

    public Period Of(PeriodFamily family, DateTimeOffset at) => periods.Of(family, at);

    /// <inheritdoc cref="PeriodStore.Write(Period)" />
    public Database Write(Period period) => periods.Write(period);

    /// <inheritdoc cref="PeriodStore.Write(Period, long, long)" />
    public Database Write(Period period, long first, long last) => periods.Write(period, first, last);

    /// <summary>Rows came to a period for this job.</summary>
    /// <param name="lastRow">The number of the last one, where the family has such numbers; else 0.</param>
    public void Came(Period period, JobId job, long rows, long lastRow = 0)
    {
        Came(period, rows, lastRow);
        if (!_stored.Contains((period, job))) _new.Add((period, job));
    }

    /// <summary>Rows came to a period, for no job.</summary>
    /// <inheritdoc cref="Came(Period, JobId, long, long)" />
    public void Came(Period period, long rows, long lastRow = 0)
    {
        var (before, last) = _changes.GetValueOrDefault(period);
        _changes[period] = (before + rows, lastRow > 0 ? lastRow : last);
    }

    /// <summary>The main database stands for fewer rows of a period, if it still names that.</summary>
    public void Went(Period period, long rows)
    {
        Flush();
        if (main[Subtract].Bind(rows).Bind(period.Family.Name).Bind(period.Number).Run() == 1) counts.Came(period, -rows);
    }

    /// <summary>The main database no longer names a period, which had so many rows.</summary>
    public void Dropped(Period period, long rows) => counts.Came(period, -rows);

    public void Flush()
    {
        foreach (var (period, (rows, lastRow)) in _changes)
        {
            counts.Came(period, rows);
            main[Add].Bind(period.Family.Name).Bind(period.Number).Bind(StoredTime.Milliseconds(periods.EndOf(period))).Bind(lastRow).Bind(rows).Put();
        }
        _changes.Clear();
        foreach (var (period, job) in _new) main[AddJob].Bind(period.Family.Name).Bind(period.Number).Bind(job.Value).Put();
        if (_stored.Count + _new.Count > MostRemembered) _stored.Clear();
        _stored.UnionWith(_new);
        _new.Clear();
    }

    /// <summary>Ends the turn, or what was done in it is undone.</summary>
    public void Forget()
    {
        _changes.Clear();
        _new.Clear();
    }

    /// <summary>What was taken for stored was not, or a period has gone.</summary>
    public void Doubt() => _stored.Clear();
}
