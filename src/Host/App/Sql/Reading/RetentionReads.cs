using Amble.App.Sql.Periods;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>What retention decides by. It costs as much as there are periods and jobs that are old enough, and looks at no visit.</summary>
internal static class RetentionReads
{
    private const string First = "SELECT min(id) FROM jobs WHERE id >= ? AND emptied < 2";

    private const string Jobs =
        """
        SELECT id, created_at, ended_at, state, ok + redirected + refused + broken + unknown - purged FROM jobs
        WHERE id >= ? AND emptied < 2 ORDER BY id
        """;

    private const string FormerDetails = "SELECT 1 FROM details LIMIT 1";
    private const string FormerDetailsOnPostgres = "SELECT 1 FROM details_before LIMIT 1";
    private const string FormerRequests = "SELECT 1 FROM requests LIMIT 1";
    private const string FormerRequestsOnPostgres = "SELECT 1 FROM requests_before LIMIT 1";

    public static RetentionRead Read(Database database, Func<Period, long?> sizeOf, JobId from, DateTimeOffset createdBefore)
    {
        var first = database[First].Bind(from.Value).Single() ?? from.Value;
        return new RetentionRead(
            new JobId(first), ReadPeriods(database, sizeOf), ReadJobs(database, first, StoredTime.Now(createdBefore)),
            database[FormerDetails, FormerDetailsOnPostgres].Single() is not null, database[FormerRequests, FormerRequestsOnPostgres].Single() is not null);
    }

    private static List<StoredPeriod> ReadPeriods(Database database, Func<Period, long?> sizeOf)
    {
        var periods = new List<StoredPeriod>();
        foreach (var (period, endsAt, rows) in PeriodCatalog.Read(database))
        {
            periods.Add(new StoredPeriod(
                period.Family.Name, period.Number, DateTimeOffset.UnixEpoch.AddHours(period.Number), endsAt, rows, PeriodCatalog.IsHeld(database, period), sizeOf(period)));
        }
        return periods;
    }

    private static List<EndedJob> ReadJobs(Database database, long from, long createdBefore)
    {
        var jobs = new List<EndedJob>();
        var found = database[Jobs].Bind(from);
        while (jobs.Count < RetentionRead.MostJobs && found.Step())
        {
            var createdAt = found.Integer(1);
            // Numbers and instants of creation rise together: those behind it are younger still.
            if (createdAt > createdBefore) break;
            if (found.Integer(3) < (long)JobState.Completed) continue;
            jobs.Add(new EndedJob(
                new JobId(found.Integer(0)), StoredTime.Instant(createdAt), StoredTime.Instant(found.MaybeInteger(2) ?? createdAt), found.Integer(4) > 0));
        }
        found.End();
        return jobs;
    }
}
