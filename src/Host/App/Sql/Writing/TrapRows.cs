using Amble.App.Sql.Postgres;
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
    private const string SelectAll =
        "SELECT k.job, k.key, coalesce(t.used, 0) FROM unnest($1, $2) AS k (job, key) LEFT JOIN trap_counts t ON t.job_id = k.job AND t.key = k.key";

    private const string Upsert = "INSERT INTO trap_counts (job_id, key, used) VALUES (?, ?, ?) ON CONFLICT (job_id, key) DO UPDATE SET used = excluded.used";

    private readonly Dictionary<(JobId Job, long Key), Row> _rows = [];

    /// <summary>Asks for the budgets of these at once; what is given back takes the answer.</summary>
    public Action Prepare(PostgresDatabase postgres, IReadOnlyCollection<(JobId Job, PageUrl Url)> found)
    {
        var asked = new HashSet<(JobId Job, long Key)>();
        Span<TrapBudget> budgets = stackalloc TrapBudget[TrapRule.MostBudgets];
        foreach (var (job, url) in found)
        {
            foreach (var budget in budgets[..TrapRule.Budgets(url, budgets)]) asked.Add((job, budget.Key));
        }
        if (asked.Count == 0) return () => { };
        var used = postgres.At(SelectAll).BindAll([.. asked.Select(one => one.Job.Value)]).BindAll([.. asked.Select(one => one.Key)]);
        used.Ahead();
        return () =>
        {
            while (used.Step()) _rows.Add((new JobId(used.Integer(0)), used.Integer(1)), new Row(used.Integer(2)));
        };
    }

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
