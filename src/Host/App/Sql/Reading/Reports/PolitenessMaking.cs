using Amble.Behaviours.Politeness;
using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// Computes how domains were asked from the stored requests. The domains of a job are those of its units: whatever is asked is asked for one
/// of them. At any time it holds the counts of one domain and what came of those before, and no request.
/// </summary>
internal sealed class PolitenessMaking(ReadPool pool, RequestScan requests)
{
    private const int UnitsAtOnce = 20_000;

    /// <summary>In each period; there are three in a day.</summary>
    private const int MostNewest = 300_000;

    private const string Units = "SELECT page_id, domain_id FROM frontier WHERE job_id = ? AND page_id > ? ORDER BY page_id LIMIT ?";
    private const string FirstRequest = "SELECT first_request_at FROM jobs WHERE id = ?";
    private const string Id = "SELECT id FROM domains WHERE name = ?";
    private const string Name = "SELECT name FROM domains WHERE id = ?";
    private const string RobotsRead = "SELECT max(fetched_at) FROM robots WHERE domain_id = ?";

    /// <summary>Most asked first.</summary>
    public IReadOnlyList<DomainPoliteness> Make(JobId job, CancellationToken stop)
    {
        var most = new MostAsked();
        // Stored as milliseconds, rounded up.
        if (pool.Read(database => database[FirstRequest].Bind(job.Value).Single()) is not { } first) return [];
        foreach (var domain in DomainsOf(job, stop))
            if (Make(domain, job, (first - 1) * 1000, stop) is { } made) most.Add(made);
        return most.Ranked();
    }

    /// <summary>Of all jobs together, since an instant; null when there is nothing.</summary>
    public DomainPoliteness? Make(DomainName domain, DateTimeOffset since, CancellationToken stop) =>
        pool.Read(database => database[Id].Bind(domain.Value).Single()) is { } id
            ? Make(id, null, requests.NewestFrom(id, StoredTime.Microseconds(since), MostNewest), stop) : null;

    private DomainPoliteness? Make(long domain, JobId? job, long from, CancellationToken stop)
    {
        var tally = new PolitenessTally();
        foreach (var sent in requests.Read(domain, job, from))
        {
            stop.ThrowIfCancellationRequested();
            tally.Add(sent);
        }
        var (name, robotsReadAt) = pool.Read(database => (ReadName(database, domain), database[RobotsRead].Bind(domain).Single()));
        return tally.Sum(DomainName.FromStored(name), StoredTime.Instant(robotsReadAt));
    }

    private IEnumerable<long> DomainsOf(JobId job, CancellationToken stop)
    {
        var domains = new HashSet<long>();
        var (after, more) = (0L, true);
        while (more)
        {
            stop.ThrowIfCancellationRequested();
            (after, more) = pool.Read(database => AddDomains(database, job, after, domains));
        }
        return domains;
    }

    private static (long After, bool More) AddDomains(Database database, JobId job, long after, HashSet<long> domains)
    {
        var rows = 0;
        for (var found = database[Units].Bind(job.Value).Bind(after).Bind(UnitsAtOnce); found.Step(); rows++)
        {
            after = found.Integer(0);
            domains.Add(found.Integer(1));
        }
        return (after, rows == UnitsAtOnce);
    }

    private static string ReadName(Database database, long domain)
    {
        var found = database[Name].Bind(domain);
        var name = found.Step() ? found.Text(0) : "";
        found.End();
        return name;
    }
}
