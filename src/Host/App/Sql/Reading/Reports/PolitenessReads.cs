using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// How a job asked its domains: from its report once that is whole, until then from the requests. Of a job that ended before reports told
/// it, the requests tell as long as all of them are there.
/// </summary>
internal static class PolitenessReads
{
    private const string Job = "SELECT requests, reported FROM jobs WHERE id = ?";

    private const string Stored =
        """
        SELECT domain, requests, refused, failed, first_us, last_us, least_gap_us, most_in_flight, busiest_minute, refusals, is_quiet, longest_to_quiet_us,
               blocks, blocked_us, settled_requests, settled_refused, settled_us, robots_read_at, picture
        FROM report_politeness WHERE job_id = ? ORDER BY rank
        """;

    public static PolitenessRead Read(ReadPool pool, PolitenessMaking making, JobId job, CancellationToken stop)
    {
        var (requests, isReported, stored) = pool.Read(database => ReadStored(database, job));
        if (requests == 0) return new PolitenessRead(PolitenessOrigin.Nothing, [], 0);
        if (stored.Count > 0) return new PolitenessRead(PolitenessOrigin.Report, stored, requests);
        var made = new PolitenessRead(PolitenessOrigin.Requests, making.Make(job, stop), requests);
        return isReported && made.Told < requests ? new PolitenessRead(PolitenessOrigin.Gone, [], requests) : made;
    }

    private static (long Requests, bool IsReported, IReadOnlyList<DomainPoliteness> Stored) ReadStored(Database database, JobId job)
    {
        var of = database[Job].Bind(job.Value);
        if (!of.Step()) return (0, false, []);
        var (requests, isReported) = (of.Integer(0), of.Flag(1));
        of.End();
        var stored = new List<DomainPoliteness>();
        // Parts of a report are stored one after the other: until it is whole, it is not told.
        for (var found = database[Stored].Bind(job.Value); isReported && found.Step();) stored.Add(Row(found));
        return (requests, isReported, stored);
    }

    private static DomainPoliteness Row(Statement row) => new(
        DomainName.FromStored(row.Text(0)), row.Integer(1), row.Integer(2), row.Integer(3), Instant(row.Integer(4)), Instant(row.Integer(5)),
        StoredTime.Span(row.MaybeInteger(6)), row.Number(7), row.Integer(8), row.Number(9), row.Flag(10), StoredTime.Span(row.MaybeInteger(11)),
        row.Number(12), StoredTime.Span(row.Integer(13)),
        row.MaybeInteger(14) is { } settled ? new PoliteStretch(settled, row.Integer(15), StoredTime.Span(row.Integer(16))) : null,
        StoredTime.Instant(row.MaybeInteger(17)), row.MaybeText(18));

    private static DateTimeOffset Instant(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
}
