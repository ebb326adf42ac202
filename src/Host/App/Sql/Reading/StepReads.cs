using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>What a job's end and its opening read, a slice at a time.</summary>
internal static class StepReads
{
    private const string OpenDomains =
        "SELECT name FROM domains WHERE id IN (SELECT domain_id FROM frontier WHERE job_id = ? AND state = 0) ORDER BY name";

    private const string OpenUnits = "SELECT page_id FROM frontier WHERE job_id = ? AND page_id > ? AND state = 0 ORDER BY page_id LIMIT ?";

    private const string RetryUnits =
        "SELECT page_id FROM frontier WHERE job_id = ? AND page_id > ? AND state = 1 AND class IN (2, 3, 4) ORDER BY page_id LIMIT ?";

    public static IReadOnlyList<DomainName> ReadOpenDomains(Database database, JobId job)
    {
        var names = new List<DomainName>();
        var found = database[OpenDomains].Bind(job.Value);
        while (found.Step()) names.Add(DomainName.FromStored(found.Text(0)));
        return names;
    }

    public static IReadOnlyList<PageId> ReadOpenUnits(Database database, JobId job, int limit, PageId? after) =>
        Pages(database[OpenUnits], job, limit, after);

    public static IReadOnlyList<PageId> ReadRetryUnits(Database database, Ages ages, JobId job, int limit, PageId? after) =>
        // Its report was made from more than is left of it, and could not be made again.
        ages.DetailsOf(database, job) != Ages.All ? [] : Pages(database[RetryUnits], job, limit, after);

    private static IReadOnlyList<PageId> Pages(Statement statement, JobId job, int limit, PageId? after)
    {
        var pages = new List<PageId>();
        var found = statement.Bind(job.Value).Bind(after?.Value ?? 0).Bind(limit);
        while (found.Step()) pages.Add(new PageId(found.Integer(0)));
        return pages;
    }
}
