using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// Reads of a store in slices and parts of a few rows, so that the end and the opening of a small job take many steps, each of which a
/// crash may meet; the size does not change what is right.
/// </summary>
internal sealed class SlicedReads(IReadStore store) : IReadStore
{
    private const int Most = 3;

    public DomainRead ReadDomain(DomainName domain) => store.ReadDomain(domain);

    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit) => store.ReadWindow(domain, now, limit);

    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => store.ReadDue(now, limit);

    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => store.ReadUnfinishedJobs();

    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => store.ReadUnfinishedJob(job);

    public IReadOnlyList<DomainName> ReadOpenDomains(JobId job) => store.ReadOpenDomains(job);

    public IReadOnlyList<PageId> ReadOpenUnits(JobId job, int limit, PageId? after) => store.ReadOpenUnits(job, Most, after);

    public IReadOnlyList<PageId> ReadRetryUnits(JobId job, int limit, PageId? after) => store.ReadRetryUnits(job, Most, after);

    public IEnumerable<ReportPart> ReadReport(JobId job, CancellationToken stop)
    {
        foreach (var part in store.ReadReport(job, stop))
        {
            var politeness = part.Politeness ?? [];
            for (var at = 0; at < new[] { part.Inlinks.Count, part.Pages.Count, part.Sources.Count, politeness.Count }.Max(); at += Most)
                yield return new ReportPart([.. part.Inlinks.Skip(at).Take(Most)], [.. part.Pages.Skip(at).Take(Most)], [.. part.Sources.Skip(at).Take(Most)], [.. politeness.Skip(at).Take(Most)]);
        }
    }

    public PageCopy? ReadCopy(PageId page) => store.ReadCopy(page);

    public string? ReadStartProblem(JobId job) => store.ReadStartProblem(job);
}
