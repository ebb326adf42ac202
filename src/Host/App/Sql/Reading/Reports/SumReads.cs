using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>A job's sums, as they were kept; of a job that was begun before that, as its visits are counted now.</summary>
internal static class SumReads
{
    private const string IsSummed = "SELECT summed FROM jobs WHERE id = ?";
    private const string Sums = "SELECT kind, key, count FROM job_sums WHERE job_id = ? AND count <> 0 ORDER BY kind, key";

    public static IReadOnlyList<SumView> Read(Database database, Ages ages, JobId job)
    {
        if (database[IsSummed].Bind(job.Value).Single() == 0)
        {
            return
            [
                .. SumCount.Of(database, job, ages.VisitsOf(database, job)).Select(sum => new SumView(sum.Key.Kind, sum.Key.Key, sum.Value)).OrderBy(sum => sum.Kind).ThenBy(sum => sum.Key),
            ];
        }
        var sums = new List<SumView>();
        var found = database[Sums].Bind(job.Value);
        while (found.Step()) sums.Add(new SumView((SumKind)found.Number(0), found.Number(1), found.Integer(2)));
        return sums;
    }
}
