using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>
/// What is new in a job. Visits are found by their numbers alone, a range of them at a time: so nothing has to be kept for those who
/// watch, and a read costs as much as its range, however large the job is.
/// </summary>
internal static class LiveReads
{
    /// <summary>The newest visit.</summary>
    public const string Head = "SELECT id, started_at FROM visits WHERE id = (SELECT max(id) FROM visits)";

    /// <summary>The stamp of one visit.</summary>
    public const string Stamp = "SELECT started_at FROM visits WHERE id = ?";

    /// <summary>A job's visits to look at in a range of numbers, newest first.</summary>
    // Told by hand to go by the number: the index by class has all of the job's, sorted by page.
    public const string Range =
        """
        SELECT v.id, v.started_at, v.page_id, p.url, v.class, v.status, v.error, s.url
        FROM visits v NOT INDEXED JOIN pages p ON p.id = v.page_id
            LEFT JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id LEFT JOIN pages s ON s.id = f.source_page
        WHERE v.id > ? AND v.id <= ? AND v.job_id = ? AND v.class IN (2, 3, 4) AND v.started_at > ? ORDER BY v.id DESC LIMIT ?
        """;

    // The order is the proof: a mark that is intact after the range was read was so while it was read, since no visit comes back.
    public static LiveRead? Read(Database database, Ages ages, JobId job, IReadOnlyList<VisitMark> marks, int mostRows, int mostVisits)
    {
        if (JobReads.ReadOne(database, job) is not { } view) return null;
        var head = ReadHead(database);
        var lowest = marks.Count == 0 ? head.Number : marks.Min(mark => mark.Number);
        var from = Math.Max(Math.Min(lowest, head.Number), head.Number - mostRows);
        // One more than is wanted tells whether there are more.
        var visits = from == head.Number ? [] : ReadRange(database, job, from, head.Number, ages.VisitsOf(database, job), mostVisits + 1);
        if (visits.Count > mostVisits)
        {
            from = visits[0].Mark.Number;
            visits.RemoveAt(0);
        }
        return new LiveRead(view, head, from, [.. marks.Select(mark => IsIntact(database, mark))], visits);
    }

    private static VisitMark ReadHead(Database database)
    {
        var found = database[Head];
        if (!found.Step()) return default;
        var head = new VisitMark(found.Integer(0), found.Integer(1));
        found.End();
        return head;
    }

    private static List<LiveVisit> ReadRange(Database database, JobId job, long from, long to, long since, int limit)
    {
        var visits = new List<LiveVisit>();
        var found = database[Range].Bind(from).Bind(to).Bind(job.Value).Bind(since).Bind(limit);
        while (found.Step())
        {
            visits.Add(new LiveVisit(
                new VisitMark(found.Integer(0), found.Integer(1)), new PageId(found.Integer(2)), PageUrl.FromStored(found.Text(3)),
                (StatusClass)found.Number(4), (int?)found.MaybeInteger(5), found.MaybeText(6), found.MaybeText(7) is { } source ? PageUrl.FromStored(source) : null));
        }
        visits.Reverse();
        return visits;
    }

    private static bool IsIntact(Database database, VisitMark mark) =>
        mark.Number == 0 || database[Stamp].Bind(mark.Number).Single() == mark.Stamp;
}
