using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>What a domain's crawler reads: its memory, its window, and which domains are to be woken.</summary>
internal static class DomainReads
{
    private const string Memory =
        """
        SELECT id, delay_us, held_us, refused_us, probe_wait_us, blocked_until, block_reason, block_step_us, last_start_at, last_good_at,
               barren_since, awake
        FROM domains WHERE name = ?
        """;

    private const string Robots = "SELECT origin, status, body, reachable, fetched_at, expires_at FROM robots WHERE domain_id = ? ORDER BY origin";

    internal const string Window =
        """
        SELECT f.job_id, f.page_id, f.kind, p.url, f.depth, f.hops, f.throttles, f.errors, f.due_at, f.last_refused_at, f.warm,
               CAST(f.tries = 0 AND EXISTS (SELECT 1 FROM copies c WHERE c.page_id = f.page_id) AS INTEGER)
        FROM frontier f JOIN pages p ON p.id = f.page_id
        WHERE f.domain_id = (SELECT id FROM domains WHERE name = ?1) AND f.state = 0 AND f.due_at <= ?2
          AND (f.due_at, f.job_id, f.page_id) > (?3, ?4, ?5)
        ORDER BY f.due_at, f.job_id, f.page_id LIMIT ?6
        """;

    internal const string NextDue =
        """
        SELECT due_at, job_id FROM frontier
        WHERE domain_id = (SELECT id FROM domains WHERE name = ?1) AND state = 0 AND (due_at, job_id) > (?2, ?3)
        ORDER BY due_at, job_id LIMIT ?4
        """;

    private const string Job = "SELECT " + JobReads.SpecColumns + ", state FROM jobs WHERE id = ?";

    internal const string Due = DueOf + JobReads.UnfinishedOf + DueInOrder;
    internal const string DueOnPostgres = DueOf + JobReads.UnfinishedOfOnPostgres + DueInOrder;

    private const string DueOf =
        """
        SELECT name FROM domains
        WHERE awake = ?1 AND wake_at IS NOT NULL AND wake_at <= ?2
          AND (?4 IS NULL OR EXISTS (SELECT 1 FROM frontier f WHERE f.domain_id = domains.id AND f.state = 0 AND f.job_id IN (

        """;

    private const string DueInOrder = "))) ORDER BY wake_at LIMIT ?3";

    private const int SoonestAtOnce = 16;

    public static DomainRead ReadDomain(Database database, DomainName name)
    {
        var found = database[Memory].Bind(name.Value);
        if (!found.Step()) return new DomainRead(DomainMemory.Blank(name), []);
        var id = found.Integer(0);
        var memory = new DomainMemory(
            name, StoredTime.Span(found.MaybeInteger(1)), StoredTime.Span(found.MaybeInteger(2)), StoredTime.Span(found.MaybeInteger(3)),
            StoredTime.Span(found.Integer(4)), StoredTime.Instant(found.MaybeInteger(5)), found.MaybeText(6), StoredTime.Span(found.MaybeInteger(7)),
            StoredTime.Instant(found.MaybeInteger(8)), StoredTime.Instant(found.MaybeInteger(9)), StoredTime.Instant(found.MaybeInteger(10)),
            found.Flag(11));
        found.End();

        var robots = new List<RobotsRecord>();
        var records = database[Robots].Bind(id);
        while (records.Step())
        {
            robots.Add(new RobotsRecord(
                records.Text(0), records.Number(1), records.MaybeText(2), records.Flag(3), StoredTime.Instant(records.Integer(4)),
                StoredTime.Instant(records.Integer(5))));
        }
        return new DomainRead(memory, robots);
    }

    /// <param name="only">Start URLs: units of other jobs are passed over; null passes over none.</param>
    public static WindowRead ReadWindow(Database database, DomainName name, DateTimeOffset now, int limit, IReadOnlySet<string>? only)
    {
        var present = StoredTime.Now(now);
        var units = new List<Unit>();
        var jobs = new WantedJobs(database, only);
        var (due, job, page) = (long.MinValue, 0L, 0L);
        for (var isMore = true; isMore && units.Count < limit;)
        {
            var rows = 0;
            var found = database[Window].Bind(name.Value).Bind(present).Bind(due).Bind(job).Bind(page).Bind(limit);
            while (units.Count < limit && found.Step())
            {
                rows++;
                (due, job, page) = (found.Integer(8), found.Integer(0), found.Integer(1));
                if (jobs.IsWanted(job)) units.Add(ReadUnit(found));
            }
            found.End();
            // What was passed over makes room for what comes behind it.
            isMore = rows == limit;
        }
        IReadOnlyList<JobSpec> specs = [.. jobs.Wanted];
        return new WindowRead(units, specs, StoredTime.Instant(ReadNextDue(database, name, present, jobs)));
    }

    private static Unit ReadUnit(Statement found) => new(
        new UnitKey(new JobId(found.Integer(0)), new PageId(found.Integer(1))), (UnitKind)found.Number(2), PageUrl.FromStored(found.Text(3)),
        found.Number(4), found.Number(5), found.Number(6), found.Number(7), StoredTime.Instant(found.Integer(8)), StoredTime.Instant(found.MaybeInteger(9)))
    {
        IsVisited = found.Flag(10),
        HasCopy = found.Flag(11),
    };

    private static long? ReadNextDue(Database database, DomainName name, long present, WantedJobs jobs)
    {
        var (due, job) = (present, long.MaxValue);
        while (true)
        {
            long? next = null;
            var rows = 0;
            var later = database[NextDue].Bind(name.Value).Bind(due).Bind(job).Bind(SoonestAtOnce);
            while (next is null && later.Step())
            {
                rows++;
                (due, job) = (later.Integer(0), later.Integer(1));
                if (jobs.IsWanted(job)) next = due;
            }
            later.End();
            if (next is not null || rows < SoonestAtOnce) return next;
        }
    }

    public static IReadOnlyList<DomainName> ReadDue(Database database, DateTimeOffset now, int limit, string? only)
    {
        var names = new List<DomainName>();
        foreach (var isAwake in (ReadOnlySpan<bool>)[false, true])
        {
            var found = database[Due, DueOnPostgres].Bind(isAwake).Bind(StoredTime.Now(now)).Bind(limit - names.Count).Bind(only);
            while (found.Step()) names.Add(DomainName.FromStored(found.Text(0)));
        }
        return names;
    }

    /// <summary>
    /// Which of the jobs that are met are wanted, each looked up once. A list of thousands of start URLs within the statement would be read
    /// anew at every window. A job that is finishing or being opened again is wanted by nobody.
    /// </summary>
    private sealed class WantedJobs(Database database, IReadOnlySet<string>? only)
    {
        private readonly Dictionary<long, JobSpec?> _met = [];

        public IEnumerable<JobSpec> Wanted => _met.Values.OfType<JobSpec>();

        public bool IsWanted(long job)
        {
            if (!_met.TryGetValue(job, out var spec)) _met.Add(job, spec = Read(job));
            return spec is not null;
        }

        private JobSpec? Read(long job)
        {
            var found = database[Job].Bind(job);
            found.Step();
            var spec = JobReads.Spec(found, 0);
            var isFinishing = (JobState)found.Number(9) == JobState.Finishing;
            found.End();
            return !isFinishing && (only is null || only.Contains(spec.Start.Text)) ? spec : null;
        }
    }
}
