using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// A store that now and then does not take a turn, or takes it and does not say so; and the process may die at a turn, just before the
/// commit or just after it.
/// </summary>
/// <param name="share">How many of a hundred turns fail, as a share; half of them were stored all the same.</param>
/// <param name="dies">Whether the process dies at the turn that was just handed over; if it does, whether after the commit.</param>
internal sealed class TroubledStore(IWriteStore store, Func<DateTimeOffset> now, LifeRecord record, int incarnation, Random chance, double share, Func<bool?> dies, Action die)
    : IWriteStore
{
    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        record.Handed(commands, incarnation);
        var death = dies();
        var roll = chance.NextDouble();
        if (death == false) return Die();
        if (death is null && roll < share / 2) throw new StoreUnavailableException("The store is not there.", full: false);
        var replies = store.Commit(commands);
        if (death is not null)
        {
            // Nobody hears of it, but it is so: a job that is stored as parked has parked.
            record.Stored(commands, now());
            return Die();
        }
        if (roll < share) throw new StoreUnavailableException("The store's answer was lost.", full: false);
        record.Stored(commands, now());
        return replies;
    }

    private IReadOnlyList<WriterProtocol.IReply> Die()
    {
        die();
        throw new StoreUnavailableException("The process is dead.", full: false);
    }
}

/// <summary>Reads of a store that now and then is not there.</summary>
internal sealed class TroubledReads(IReadStore store, Random chance, double share) : IReadStore
{
    public DomainRead ReadDomain(DomainName domain) => Try().ReadDomain(domain);

    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit) => Try().ReadWindow(domain, now, limit);

    public PageCopy? ReadCopy(PageId page) => Try().ReadCopy(page);

    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => Try().ReadDue(now, limit);

    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => Try().ReadUnfinishedJobs();

    // Asked for by people, who ask again themselves.
    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => store.ReadUnfinishedJob(job);

    public IReadOnlyList<DomainName> ReadOpenDomains(JobId job) => Try().ReadOpenDomains(job);

    public IReadOnlyList<PageId> ReadOpenUnits(JobId job, int limit, PageId? after) => Try().ReadOpenUnits(job, limit, after);

    public IReadOnlyList<PageId> ReadRetryUnits(JobId job, int limit, PageId? after) => Try().ReadRetryUnits(job, limit, after);

    public IEnumerable<ReportPart> ReadReport(JobId job, CancellationToken stop) => Try().ReadReport(job, stop);

    public string? ReadStartProblem(JobId job) => Try().ReadStartProblem(job);

    private IReadStore Try() => chance.NextDouble() < share ? throw new StoreUnavailableException("The store cannot be read.", full: false) : store;
}
