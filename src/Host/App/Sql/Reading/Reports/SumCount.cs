using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// Counts visits anew, one by one: for jobs that were begun before their sums were kept, and to see whether the sums of the others are right.
/// </summary>
internal static class SumCount
{
    private const string Visits =
        """
        SELECT v.job_id, v.class, v.status, f.depth, v.milliseconds, p.url, v.content_type, v.title, v.noindex, v.canonical,
               v.cache, j.summed, v.description, v.heading, v.headings, v.words
        FROM visits v JOIN jobs j ON j.id = v.job_id JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id JOIN pages p ON p.id = v.page_id
        WHERE ((?1 IS NULL AND j.summed = 1 AND j.purged = 0) OR v.job_id = ?1) AND v.started_at > ?2
        """;

    /// <param name="job">Null counts for all jobs whose sums are kept.</param>
    public static Dictionary<(long Job, SumKind Kind, int Key), long> Of(Database database, JobId? job, long since)
    {
        var sums = new Dictionary<(long, SumKind, int), long>();
        var row = database[Visits].Bind(job?.Value).Bind(since);
        while (row.Step())
        {
            foreach (var (kind, key) in SumsRule.Of(Read(row)))
            {
                var sum = (row.Integer(0), kind, key);
                sums[sum] = sums.GetValueOrDefault(sum) + 1;
            }
        }
        return sums;
    }

    // Of jobs that were begun before sums were kept, some visits are older than what is told of a page's readers.
    private static SummedVisit Read(Statement row) => new(
        (StatusClass)row.Number(1), (int?)row.MaybeInteger(2), row.Number(3), row.Number(4), (CacheStatus)row.Number(10),
        new JudgedContent(row.Text(5), row.MaybeText(6), row.MaybeText(7), row.Flag(8), row.MaybeText(9),
            row.Flag(11) ? new PageFacts(row.MaybeText(12), row.MaybeText(13), row.Number(14), row.Number(15)) : null));
}
