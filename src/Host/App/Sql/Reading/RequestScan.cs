using Amble.App.Sql.Periods;
using Amble.Behaviours.Politeness;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>
/// The stored requests of one domain in the order of their starts, period after period, in slices: no read holds a snapshot for long, and
/// none has more than a slice in memory. What a crash has left in a period beyond the main database's last row is not there.
/// </summary>
internal sealed class RequestScan(ReadPool pool, IPeriodReads periods)
{
    private const int RowsAtOnce = 20_000;

    private const string Numbers = "SELECT number FROM periods WHERE family = 'requests' AND ends_at > ? ORDER BY number";

    private const string NumbersOfJob =
        """
        SELECT number FROM periods WHERE family = 'requests' AND ends_at > ?
          AND number IN (SELECT number FROM period_jobs WHERE family = 'requests' AND job_id = ?) ORDER BY number
        """;

    // By the key that the rows are sorted by; of one job its others are passed over in the index alone.
    private const string Slice =
        """
        SELECT started_us, job_id, page_id, kind, status, milliseconds FROM requests
        WHERE domain_id = ?1 AND (started_us, job_id, page_id, kind) > (?2, ?3, ?4, ?5) AND (?6 = 0 OR job_id = ?6) AND id <= ?7
        ORDER BY started_us, job_id, page_id, kind LIMIT ?8
        """;

    private const string SliceOnPostgres =
        """
        SELECT started_us, job_id, page_id, kind, status, milliseconds FROM requests
        WHERE domain_id = ?1 AND (started_us, job_id, page_id, kind) > (?2, ?3, ?4, ?5) AND (?6 = 0 OR job_id = ?6) AND period = ?7
        ORDER BY started_us, job_id, page_id, kind LIMIT ?8
        """;

    private const string Newest = "SELECT started_us FROM requests WHERE domain_id = ?1 AND started_us >= ?2 AND id <= ?3 ORDER BY started_us DESC LIMIT 1 OFFSET ?4";
    private const string NewestOnPostgres = "SELECT started_us FROM requests WHERE domain_id = ?1 AND started_us >= ?2 AND period = ?3 ORDER BY started_us DESC LIMIT 1 OFFSET ?4";
    /// <summary>Of one job, or of all; none from before an instant.</summary>
    /// <param name="from">In unix microseconds.</param>
    public IEnumerable<SentRequest> Read(long domain, JobId? job, long from)
    {
        foreach (var period in pool.Read(database => PeriodsOf(database, job, from)))
        {
            var place = (Started: from, Job: 0L, Page: -1L, Kind: -1L);
            while (true)
            {
                var slice = new List<SentRequest>();
                var (after, wanted) = (place, job?.Value ?? 0);
                place = pool.Read(main => ReadSlice(main, period, domain, wanted, after, slice));
                foreach (var sent in slice) yield return sent;
                if (slice.Count < RowsAtOnce) break;
            }
        }
    }

    /// <summary>From when on a domain has had about so many requests, at most so many in each of the periods; not before an instant. In unix microseconds.</summary>
    public long NewestFrom(long domain, long from, int most)
    {
        foreach (var period in pool.Read(database => PeriodsOf(database, null, from)).Reverse())
        {
            if (pool.Read(main => In(main, period, (database, bound) => database[Newest, NewestOnPostgres].Bind(domain).Bind(from).Bind(bound).Bind(most).Single())) is { } newest)
                return newest;
        }
        return from;
    }

    private static IReadOnlyList<Period> PeriodsOf(Database database, JobId? job, long from)
    {
        var numbers = new List<Period>();
        var found = job is { } of ? database[NumbersOfJob].Bind(from / 1000).Bind(of.Value) : database[Numbers].Bind(from / 1000);
        while (found.Step()) numbers.Add(new Period(PeriodFamily.Requests, found.Integer(0)));
        return numbers;
    }

    private (long, long, long, long) ReadSlice(Database main, Period period, long domain, long job, (long Started, long Job, long Page, long Kind) after, List<SentRequest> slice) =>
        In(main, period, (database, bound) =>
        {
            var found = database[Slice, SliceOnPostgres].Bind(domain).Bind(after.Started).Bind(after.Job).Bind(after.Page).Bind(after.Kind).Bind(job).Bind(bound).Bind(RowsAtOnce);
            while (found.Step())
            {
                after = (found.Integer(0), found.Integer(1), found.Integer(2), found.Integer(3));
                slice.Add(new SentRequest(DateTimeOffset.UnixEpoch.AddMicroseconds(after.Started), found.Number(5), found.Number(4), (RequestKind)after.Kind));
            }
            return after;
        });

    /// <param name="read">Told up to which row a period is stored for good or, on PostgreSQL, which period it is.</param>
    private T? In<T>(Database main, Period period, Func<Database, long, T> read)
    {
        var bound = main.IsPostgres ? period.Number : PeriodCatalog.LastRow(main, period);
        return periods.Read(main, period, database => read(database, bound));
    }
}
