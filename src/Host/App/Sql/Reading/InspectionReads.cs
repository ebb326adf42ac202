using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>What operators look up: who is due, and what became of one URL.</summary>
internal static class InspectionReads
{
    private const int JobsLookedAt = 1_000;

    private const string Due = "SELECT name, wake_at FROM domains WHERE awake = ? AND wake_at IS NOT NULL AND wake_at <= ? ORDER BY wake_at LIMIT ?";

    private const string Page = "SELECT id FROM pages WHERE url = ?";

    // A page has no index of its units: few jobs are new, and each is one look into the frontier's key.
    internal const string Met =
        """
        SELECT f.job_id, f.page_id, f.kind, CASE WHEN j.state = 2 AND j.outcome = 0 THEN 0 ELSE j.state END, j.reason, j.resume_at,
               f.state, f.exclusion, f.due_at, f.tries, f.warm, f.class, v.status, v.error, v.started_at
        FROM jobs j JOIN frontier f ON f.job_id = j.id AND f.page_id = ?1 LEFT JOIN visits v ON v.job_id = j.id AND v.page_id = f.page_id AND (j.state < 3 OR v.started_at > ?4)
        WHERE j.id > (SELECT max(id) FROM jobs) - ?2 ORDER BY j.id DESC LIMIT ?3
        """;

    public static IReadOnlyList<DueDomain> ReadDueDomains(Database database, DateTimeOffset now, int limit)
    {
        var due = new List<DueDomain>();
        var found = database[Due].Bind(false).Bind(StoredTime.Now(now)).Bind(limit + 1);
        while (found.Step()) due.Add(new DueDomain(DomainName.FromStored(found.Text(0)), StoredTime.Instant(found.Integer(1))));
        return due;
    }

    public static IReadOnlyList<MetUrl> ReadMet(Database database, Ages ages, PageUrl url, int limit)
    {
        if (database[Page].Bind(url.Text).Single() is not { } page) return [];
        var met = new List<MetUrl>();
        var found = database[Met].Bind(page).Bind(JobsLookedAt).Bind(limit).Bind(ages.Visits);
        while (found.Step())
        {
            met.Add(new MetUrl(
                new UnitKey(new JobId(found.Integer(0)), new PageId(found.Integer(1))), (UnitKind)found.Number(2), (JobState)found.Number(3), found.MaybeText(4),
                StoredTime.Instant(found.MaybeInteger(5)), (UnitLot)found.Number(6), (ExclusionReason?)found.MaybeInteger(7), StoredTime.Instant(found.Integer(8)),
                found.Number(9), found.Flag(10), (StatusClass?)found.MaybeInteger(11), (int?)found.MaybeInteger(12), found.MaybeText(13),
                StoredTime.Instant(found.MaybeInteger(14))));
        }
        return met;
    }
}
