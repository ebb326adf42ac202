using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Microsoft.Data.Sqlite;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// Counts visits anew, one by one: for jobs that were begun before their sums were kept, and to see whether the sums of the others are right.
/// </summary>
internal static class SumCount
{
    private const string Visits =
        """
        SELECT v.job_id, v.class, v.status, f.depth, v.milliseconds, p.url, v.content_type, v.title, v.noindex, v.canonical,
               v.cache, v.description, v.headings, v.words
        FROM visits v JOIN jobs j ON j.id = v.job_id JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id JOIN pages p ON p.id = v.page_id
        WHERE ($job IS NULL AND j.summed = 1) OR v.job_id = $job
        """;

    /// <param name="job">Null counts for all jobs whose sums are kept.</param>
    public static Dictionary<(long Job, SumKind Kind, int Key), long> Of(SqliteConnection connection, JobId? job)
    {
        var sums = new Dictionary<(long, SumKind, int), long>();
        using var command = connection.CreateCommand();
        command.CommandText = Visits;
        command.Parameters.AddWithValue("$job", job is { } one ? one.Value : DBNull.Value);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            foreach (var (kind, key) in SumsRule.Of(Read(row)))
            {
                var sum = (row.GetInt64(0), kind, key);
                sums[sum] = sums.GetValueOrDefault(sum) + 1;
            }
        }
        return sums;
    }

    private static SummedVisit Read(SqliteDataReader row) => new(
        (StatusClass)row.GetInt32(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), (CacheStatus)row.GetInt32(10),
        new JudgedContent(row.GetString(5), Text(row, 6), Text(row, 7), row.GetInt64(8) != 0, Text(row, 9),
            new PageFacts(Text(row, 11), null, row.GetInt32(12), row.GetInt32(13))));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
