using Amble.App.Sql.Periods;
using Amble.App.Sql.Reading;
using Amble.App.Sql.Reading.Reports;
using Amble.Behaviours.Ports;

namespace Amble.App.Sql;

/// <summary>What must be true of the tables after every commit, each as a query that returns one sentence per contradiction.</summary>
internal static class StoreConsistency
{
    // Sums outlive the rows that they were made of: what has expired cannot be counted again.
    private const string NotPurged = "j.purged = 0";
    private const string NotEmptied = "j.emptied = 0";
    private const string WithRequests = "coalesce(j.first_request_at, 0) >= coalesce((SELECT value FROM stored WHERE what = 'requestsFrom'), 0)";

    private static readonly string[] Queries =
    [
        Counter("pages", "frontier", "kind = 0 AND state IN (0, 1)", NotEmptied),
        Counter("pending", "frontier", "state = 0", NotEmptied),
        Counter("excluded", "frontier", "state = 2", NotEmptied),
        Counter("ok", "visits", "class = 0", NotPurged),
        Counter("redirected", "visits", "class = 1", NotPurged),
        Counter("refused", "visits", "class = 2", NotPurged),
        Counter("broken", "visits", "class = 3", NotPurged),
        Counter("unknown", "visits", "class = 4", NotPurged),
        Sum("requests", "all_requests", "count(*)", WithRequests),
        Counter("throttled", "all_requests", "status IN (429, 503)", WithRequests),
        Sum("bytes", "visits", "sum(bytes)", NotPurged),
        Sum("retries", "frontier", "sum(CASE WHEN tries > 1 THEN tries - 1 ELSE 0 END + CASE WHEN warm_tries > 1 THEN warm_tries - 1 ELSE 0 END)", NotEmptied),
        Counter("not_modified", "visits", "not_modified = 1", NotPurged),
        Sum("saved_bytes", "visits", "sum(saved_bytes)", NotPurged),
        Counter("warmed", "visits", "warm_status IS NOT NULL", NotPurged),
        Counter("warmed_hits", "visits", "warm_status IS NOT NULL AND warm_cache = 1", NotPurged),
        Sum("first_request_at", "all_requests", "min((started_us + 999) / 1000)", WithRequests),
        Sum("last_request_end_at", "all_requests", "max((started_us + 999) / 1000 + milliseconds)", WithRequests),
        """
        SELECT 'job ' || j.id || ' says that ' || j.purged || ' of ' || (j.ok + j.redirected + j.refused + j.broken + j.unknown) || ' visits are gone, and has ' || coalesce(v.had, 0)
        FROM jobs j LEFT JOIN (SELECT job_id, count(*) AS had FROM visits GROUP BY job_id) v ON v.job_id = j.id
        WHERE j.ok + j.redirected + j.refused + j.broken + j.unknown - j.purged <> coalesce(v.had, 0)
        """,
        "SELECT 'stored are said to be ' || s.value || ' visits and are ' || v.had FROM stored s CROSS JOIN (SELECT count(*) AS had FROM visits) v WHERE s.what = 'visits' AND s.value <> v.had",
        """
        SELECT 'job ' || j.id || ' is emptied in state ' || j.state || ' with ' || (j.ok + j.redirected + j.refused + j.broken + j.unknown - j.purged) || ' visits' FROM jobs j
        WHERE j.emptied > 0 AND (j.state < 3 OR j.ok + j.redirected + j.refused + j.broken + j.unknown > j.purged)
        """,
        "SELECT 'job ' || j.id || ' is empty and has a frontier' FROM jobs j WHERE j.emptied = 2 AND EXISTS (SELECT 1 FROM frontier f WHERE f.job_id = j.id)",
        "SELECT 'job ' || id || ' has ended and still has open units: ' || pending FROM jobs WHERE state >= 3 AND pending > 0",
        "SELECT 'job ' || id || ' has an outcome stored in state ' || state FROM jobs WHERE outcome IS NOT NULL AND state <> 2",
        """
        SELECT 'job ' || j.id || ' runs and has ' || (SELECT count(*) FROM report_pages r WHERE r.job_id = j.id) || ' rows of a report' FROM jobs j
        WHERE j.state < 2 AND (EXISTS (SELECT 1 FROM report_pages r WHERE r.job_id = j.id) OR EXISTS (SELECT 1 FROM report_sources r WHERE r.job_id = j.id))
        """,
        "SELECT 'job ' || id || ' is reported in state ' || state FROM jobs WHERE reported = 1 AND state < 3",
        Report(0, "broken", 200_000),
        Report(1, "redirected", 5_000),
        Report(2, "ok", 500),
        """
        SELECT 'job ' || r.job_id || ' reports page ' || r.page_id || ' otherwise than its visit' FROM report_pages r JOIN jobs j ON j.id = r.job_id AND j.reported = 1 AND j.purged = 0
        LEFT JOIN visits v ON v.job_id = r.job_id AND v.page_id = r.page_id WHERE coalesce(v.class, -1) <> r.class OR coalesce(v.status, -1000) <> coalesce(r.status, -1000)
        """,
        """
        SELECT 'job ' || j.id || ' page ' || s.target_page || ' lists ' || count(*) || ' sources, numbered to ' || max(s.number) || ', of ' || coalesce(CAST(r.source_count AS TEXT), 'none')
        FROM jobs j JOIN report_sources s ON s.job_id = j.id LEFT JOIN report_pages r ON r.job_id = j.id AND r.list = 0 AND r.page_id = s.target_page
        WHERE j.reported = 1 GROUP BY j.id, s.target_page, r.source_count HAVING count(*) <> max(s.number) + 1 OR count(*) > coalesce(r.source_count, 0)
        """,
        "SELECT 'job ' || v.job_id || ' is reported and has ' || count(*) || ' visits without inlinks' FROM visits v JOIN jobs j ON j.id = v.job_id AND j.reported = 1 WHERE v.inlinks IS NULL GROUP BY v.job_id",
        "SELECT 'job ' || id || ' has ' || pages || ' pages, which is more than its limit ' || max_pages FROM jobs WHERE pages > max_pages",
        """
        SELECT 'job ' || f.job_id || ' page ' || f.page_id || ' has ended without a visit' FROM frontier f
        WHERE f.state = 1 AND f.kind = 0 AND EXISTS (SELECT 1 FROM jobs j WHERE j.id = f.job_id AND j.purged = 0)
          AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.job_id = f.job_id AND v.page_id = f.page_id)
        """,
        """
        SELECT 'job ' || v.job_id || ' page ' || v.page_id || ' has a visit but is not ended with its class' FROM visits v
        LEFT JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id
        WHERE (coalesce(f.state, -1) <> 1 OR coalesce(f.class, -1) <> v.class) AND NOT (coalesce(f.state, -1) = 0 AND coalesce(f.warm, 0) = 1 AND v.class = 0)
        """,
        """
        SELECT 'job ' || f.job_id || ' page ' || f.page_id || ' is to be visited again and has no good visit' FROM frontier f
        LEFT JOIN visits v ON v.job_id = f.job_id AND v.page_id = f.page_id WHERE f.warm = 1 AND coalesce(v.class, -1) <> 0
          AND EXISTS (SELECT 1 FROM jobs j WHERE j.id = f.job_id AND j.purged = 0)
        """,
        """
        SELECT 'job ' || v.job_id || ' page ' || v.page_id || ' has a second visit that nobody asked for' FROM visits v
        LEFT JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id
        WHERE v.warm_status IS NOT NULL AND (coalesce(f.warm, 0) <> 1 OR coalesce(f.state, -1) <> 1) OR (v.warm_status IS NULL) <> (v.warm_cache IS NULL)
        """,
        $"""
        SELECT 'job ' || f.job_id || ' page ' || f.page_id || ' has ' || f.tries || ' and ' || f.warm_tries || ' tries but other requests: ' || coalesce(r.sent, 0)
        FROM frontier f
        LEFT JOIN (SELECT job_id, page_id, count(CASE WHEN kind <> 5 THEN 1 END) AS sent, count(CASE WHEN kind = 5 THEN 1 END) AS warm FROM all_requests GROUP BY job_id, page_id) r
          ON r.job_id = f.job_id AND r.page_id = f.page_id
        WHERE (f.tries <> coalesce(r.sent, 0) OR f.warm_tries <> coalesce(r.warm, 0)) AND EXISTS (SELECT 1 FROM jobs j WHERE j.id = f.job_id AND {WithRequests})
        """,
        """
        SELECT 'job ' || job_id || ' page ' || page_id || ' is excluded without a reason, or has one without being so'
        FROM frontier WHERE (state = 2) <> (exclusion IS NOT NULL)
        """,
        $"""
        SELECT 'job ' || f.job_id || ' page ' || f.page_id || ' is a sitemap in one table and not in the other' FROM frontier f
        JOIN jobs j ON j.id = f.job_id LEFT JOIN sitemaps s ON s.job_id = f.job_id AND s.page_id = f.page_id
        WHERE (f.kind = 2) <> (s.page_id IS NOT NULL) AND {NotEmptied}
        """,
        """
        SELECT 'job ' || v.job_id || ' page ' || v.page_id || ' has no place in the order ' || s.sort FROM visits v
        CROSS JOIN (SELECT 1 AS sort UNION ALL SELECT 2 UNION ALL SELECT 3) s
        JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id
        LEFT JOIN visit_order o ON o.job_id = v.job_id AND o.sort = s.sort AND o.class = v.class AND o.page_id = v.page_id
            AND o.value = CASE s.sort WHEN 1 THEN -v.milliseconds WHEN 2 THEN -v.bytes ELSE -f.depth END
        WHERE o.page_id IS NULL AND EXISTS (SELECT 1 FROM visit_order m WHERE m.job_id = v.job_id AND m.sort = 0)
        """,
        """
        SELECT 'job ' || o.job_id || ' has ' || o.places || ' places in its orders for ' || coalesce(v.visits, 0) || ' visits'
        FROM (SELECT job_id, count(CASE WHEN sort BETWEEN 1 AND 3 THEN 1 END) AS places FROM visit_order GROUP BY job_id HAVING min(sort) = 0) o
        LEFT JOIN (SELECT job_id, count(*) AS visits FROM visits GROUP BY job_id) v ON v.job_id = o.job_id WHERE o.places <> 3 * coalesce(v.visits, 0)
        """,
        """
        SELECT 'job ' || s.job_id || ' says ' || s.count || ' pages with issue ' || s.key || ', its list has ' || coalesce(o.listed, 0)
        FROM job_sums s
        LEFT JOIN (SELECT job_id, sort, count(*) AS listed FROM visit_order GROUP BY job_id, sort) o ON o.job_id = s.job_id AND o.sort = 16 + s.key
        WHERE s.kind = 4 AND s.count <> coalesce(o.listed, 0) AND EXISTS (SELECT 1 FROM visit_order m WHERE m.job_id = s.job_id AND m.sort = 0)
          AND EXISTS (SELECT 1 FROM jobs j WHERE j.id = s.job_id AND j.purged = 0)
        """,
        """
        SELECT 'job ' || s.job_id || ' says ' || s.count || ' kept out for reason ' || s.exclusion || ', the frontier says ' || coalesce(f.kept, 0)
        FROM exclusion_sums s
        LEFT JOIN (SELECT job_id, exclusion, count(*) AS kept FROM frontier WHERE state = 2 GROUP BY job_id, exclusion) f
            ON f.job_id = s.job_id AND f.exclusion = s.exclusion
        WHERE s.count <> coalesce(f.kept, 0) AND EXISTS (SELECT 1 FROM visit_order m WHERE m.job_id = s.job_id AND m.sort = 0)
          AND EXISTS (SELECT 1 FROM jobs j WHERE j.id = s.job_id AND j.emptied = 0)
        """,
        "SELECT 'the copy of page ' || c.page_id || ' is of no good visit' FROM copies c JOIN visits v ON v.id = c.visit_id AND v.page_id = c.page_id WHERE v.class <> 0",
        "SELECT 'visit details ' || visit_id || ' have no visit' FROM all_details WHERE period IS NULL AND visit_id NOT IN (SELECT id FROM visits)",
        """
        SELECT 'visit ' || v.id || ' has no details in the period ' || v.period FROM visits v JOIN periods p ON p.family = 'details' AND p.number = v.period
        LEFT JOIN all_details d ON d.period = v.period AND d.visit_id = v.id WHERE d.visit_id IS NULL
        """,
        """
        SELECT 'the period details ' || p.number || ' says ' || p.rows || ' rows, visits name it ' || coalesce(v.named, 0) || ' times' FROM periods p
        LEFT JOIN (SELECT period, count(*) AS named FROM visits GROUP BY period) v ON v.period = p.number WHERE p.family = 'details' AND p.rows <> coalesce(v.named, 0)
        """,
        """
        SELECT 'the period requests ' || p.number || ' says ' || p.rows || ' rows and has ' || coalesce(r.had, 0) FROM periods p
        LEFT JOIN (SELECT period, count(*) AS had FROM all_requests GROUP BY period) r ON r.period = p.number WHERE p.family = 'requests' AND p.rows <> coalesce(r.had, 0)
        """,
        """
        SELECT 'the period hits ' || p.number || ' says ' || p.rows || ' rows and has ' || coalesce(h.had, 0) FROM periods p
        LEFT JOIN all_hits h ON h.period = p.number WHERE p.family = 'hits' AND p.rows <> coalesce(h.had, 0)
        """,
        """
        SELECT 'job ' || f.job_id || ' page ' || f.page_id || ' belongs to no job or page' FROM frontier f
        LEFT JOIN jobs j ON j.id = f.job_id LEFT JOIN pages p ON p.id = f.page_id AND p.domain_id = f.domain_id
        WHERE j.id IS NULL OR p.id IS NULL
        """,
        """
        SELECT 'domain ' || d.name || ' has work due at ' || w.due || ' but wakes at ' || coalesce(CAST(d.wake_at AS TEXT), 'no time') FROM domains d
        JOIN (SELECT domain_id, min(due_at) AS due FROM frontier WHERE state = 0 GROUP BY domain_id) w ON w.domain_id = d.id
        WHERE d.wake_at IS NULL OR d.awake = 0 AND d.wake_at > w.due AND d.wake_at > coalesce(d.blocked_until, w.due)
        """,
        """
        SELECT 'domain ' || d.name || ' sleeps without work and would be woken at ' || d.wake_at FROM domains d
        WHERE d.awake = 0 AND d.wake_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM frontier f WHERE f.domain_id = d.id AND f.state = 0)
        """,
        "SELECT 'domain ' || name || ' is awake and would not be found after a crash' FROM domains WHERE awake = 1 AND wake_at IS NULL",
        "SELECT 'the card ' || c.hash || ' is named and is not there' FROM card_of c WHERE c.hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cards k WHERE k.hash = c.hash)",
        "SELECT 'the card ' || k.hash || ' is named and counts as unnamed' FROM cards k WHERE k.unnamed_at IS NOT NULL AND EXISTS (SELECT 1 FROM card_of c WHERE c.hash = k.hash)",
        "SELECT 'the card ' || k.hash || ' is unnamed and would never go' FROM cards k WHERE k.unnamed_at IS NULL AND NOT EXISTS (SELECT 1 FROM card_of c WHERE c.hash = k.hash)",
        "SELECT 'the card ' || hash || ' says ' || size || ' bytes and has ' || length(png) FROM cards WHERE size <> length(png)",
        "SELECT 'the card of ' || kind || ' ' || id || ' has failed ' || failures || ' times and is not tried again' FROM card_of WHERE (failures > 0) <> (retry_at IS NOT NULL)",
    ];

    /// <summary>Every contradiction, in one sentence each; none when all is well. Reads all tables.</summary>
    public static IReadOnlyList<string> Check(Database database, PeriodStore periods)
    {
        GatheredPeriods.Gather(database, periods);
        var found = new List<string>();
        foreach (var query in Queries)
        {
            var contradiction = database[query];
            while (contradiction.Step()) found.Add(contradiction.Text(0));
        }
        found.AddRange(CheckSums(database));
        return found;
    }

    private static IEnumerable<string> CheckSums(Database database)
    {
        var counted = SumCount.Of(database, null, Ages.All);
        var row = database["SELECT s.job_id, s.kind, s.key, s.count FROM job_sums s JOIN jobs j ON j.id = s.job_id WHERE j.summed = 1 AND j.purged = 0"];
        while (row.Step())
        {
            var sum = (row.Integer(0), (SumKind)row.Number(1), row.Number(2));
            if (!counted.Remove(sum, out var actual)) actual = 0;
            if (row.Integer(3) != actual) yield return $"job {sum.Item1} says {row.Integer(3)} of {sum.Item2} {sum.Item3}, its visits say {actual}";
        }
        foreach (var ((job, kind, key), count) in counted) yield return $"job {job} says nothing of {kind} {key}, its visits say {count}";
    }

    private static string Report(int list, string column, int most) =>
        $"""
         SELECT 'job ' || j.id || ' has {column} ' || j.{column} || ' and reports ' || (SELECT count(*) FROM report_pages r WHERE r.job_id = j.id AND r.list = {list})
         FROM jobs j WHERE j.reported = 1 AND CASE WHEN j.{column} < {most} THEN j.{column} ELSE {most} END <> (SELECT count(*) FROM report_pages r WHERE r.job_id = j.id AND r.list = {list})
         """;

    private static string Counter(string column, string table, string where, string of) => Sum(column, table, $"count(CASE WHEN {where} THEN 1 END)", of);

    private static string Sum(string column, string table, string sum, string of) =>
        $"""
         SELECT 'job ' || j.id || ' says {column} ' || coalesce(CAST(j.{column} AS TEXT), 'none') || ', the table {table} says ' || coalesce(CAST(t.value AS TEXT), 'none')
         FROM jobs j LEFT JOIN (SELECT job_id, {sum} AS value FROM {table} GROUP BY job_id) t ON t.job_id = j.id
         WHERE coalesce(j.{column}, 0) <> coalesce(t.value, 0) AND {of}
         """;
}
