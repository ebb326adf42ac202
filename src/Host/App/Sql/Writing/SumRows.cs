using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>What this turn's visits change in their jobs' sums: added up in memory, written once before the commit.</summary>
internal sealed class SumRows(Database database)
{
    private const string Add =
        """
        INSERT INTO job_sums (job_id, kind, key, count) VALUES (?, ?, ?, ?)
        ON CONFLICT (job_id, kind, key) DO UPDATE SET count = job_sums.count + excluded.count
        """;

    private readonly Dictionary<(JobId Job, SumKind Kind, int Key), long> _changes = [];

    /// <param name="by">1 for a visit that comes, -1 for one that goes.</param>
    public void Count(JobId job, SummedVisit visit, int by)
    {
        foreach (var (kind, key) in SumsRule.Of(visit)) Count(job, kind, key, by);
    }

    public void Flush()
    {
        foreach (var ((job, kind, key), by) in _changes)
            if (by != 0) database[Add].Bind(job.Value).Bind((long)kind).Bind(key).Bind(by).Put();
        Forget();
    }

    public void Forget() => _changes.Clear();

    private void Count(JobId job, SumKind kind, int key, int by) =>
        _changes[(job, kind, key)] = _changes.GetValueOrDefault((job, kind, key)) + by;
}
