using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>
/// What this turn's URLs have used of their budgets: read once, raised in memory, written once before the commit. A URL is charged when it
/// becomes work, in the same transaction, so a repeated command charges nothing.
/// </summary>
internal sealed class TrapRows(Database database, TrapSettings settings)
{
    private const string Select = "SELECT used FROM trap_counts WHERE job_id = ? AND key = ?";
    private const string Upsert = "INSERT INTO trap_counts (job_id, key, used) VALUES (?, ?, ?) ON CONFLICT (job_id, key) DO UPDATE SET used = excluded.used";

    private readonly Dictionary<(JobId Job, long Key), Row> _rows = [];

    /// <summary>Why it is a trap's, by its shape or by a budget that is used up; null when it is not.</summary>
    public ExclusionReason? Judge(JobRow job, PageUrl url)
    {
        if (TrapRule.ByShape(url, settings) is { } shape) return shape;
        Span<TrapBudget> budgets = stackalloc TrapBudget[TrapRule.MostBudgets];
        foreach (var budget in budgets[..TrapRule.Budgets(url, budgets)])
        {
            if (!TrapRule.HasRoom(budget.Why, Of(job.Id, budget.Key).Used, job.Pages, settings)) return budget.Why;
        }
        return null;
    }

    /// <summary>The URL has become work.</summary>
    public void Charge(JobRow job, PageUrl url)
    {
        Span<TrapBudget> budgets = stackalloc TrapBudget[TrapRule.MostBudgets];
        foreach (var budget in budgets[..TrapRule.Budgets(url, budgets)])
            Of(job.Id, budget.Key).Raise();
    }

    public void Flush()
    {
        foreach (var ((job, key), row) in _rows)
        {
            if (row.IsChanged) database[Upsert].Bind(job.Value).Bind(key).Bind(row.Used).Put();
            row.Written();
        }
    }

    public void Forget() => _rows.Clear();

    private Row Of(JobId job, long key)
    {
        if (_rows.TryGetValue((job, key), out var known)) return known;
        var row = new Row(database[Select].Bind(job.Value).Bind(key).Single() ?? 0);
        _rows.Add((job, key), row);
        return row;
    }

    private sealed class Row(long used)
    {
        public long Used { get; private set; } = used;

        public bool IsChanged { get; private set; }

        public void Raise() => (Used, IsChanged) = (Used + 1, true);

        public void Written() => IsChanged = false;
    }
}
