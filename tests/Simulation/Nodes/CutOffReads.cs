using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>Reads of a node that is cut off from the store now and then; what it read of a domain is noted.</summary>
internal sealed class CutOffReads(IReadStore store, Func<bool> isCutOff, Action<DomainMemory> note) : IReadStore
{
    public DomainRead ReadDomain(DomainName domain)
    {
        var read = Try().ReadDomain(domain);
        note(read.Memory);
        return read;
    }

    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit) => Try().ReadWindow(domain, now, limit);

    public PageCopy? ReadCopy(PageId page) => Try().ReadCopy(page);

    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => Try().ReadDue(now, limit);

    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => Try().ReadUnfinishedJobs();

    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => Try().ReadUnfinishedJob(job);

    public IReadOnlyList<DomainName> ReadOpenDomains(JobId job) => Try().ReadOpenDomains(job);

    public IReadOnlyList<PageId> ReadOpenUnits(JobId job, int limit, PageId? after) => Try().ReadOpenUnits(job, limit, after);

    public IReadOnlyList<PageId> ReadRetryUnits(JobId job, int limit, PageId? after) => Try().ReadRetryUnits(job, limit, after);

    public IEnumerable<ReportPart> ReadReport(JobId job, CancellationToken stop) => Try().ReadReport(job, stop);

    public string? ReadStartProblem(JobId job) => Try().ReadStartProblem(job);

    private IReadStore Try() => isCutOff() ? throw new StoreUnavailableException("The store cannot be reached.", full: false) : store;
}
