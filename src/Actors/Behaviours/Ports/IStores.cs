using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>The writer's hand on the store; only the writer holds it.</summary>
public interface IWriteStore
{
    /// <summary>
    /// Applies the commands in order in one transaction and returns one reply each, after the commit. A command that cannot be stored is
    /// isolated and answered with <see cref="WriterProtocol.Rejected"/>; the others are stored.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored, or it is unknown whether: send all again.</exception>
    IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands);
}

/// <summary>What a crawl reads; every answer is a committed state.</summary>
public interface IReadStore
{
    DomainRead ReadDomain(DomainName domain);

    /// <summary>Open units of the domain that are due, earliest first, with the jobs they belong to; none of a job that is finishing or being opened again.</summary>
    WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit);

    /// <summary>The page as it was last stored whole; null when it was not, or when its outlinks have expired: it is asked for in full.</summary>
    PageCopy? ReadCopy(PageId page);

    /// <summary>Domains whose wake-up has come.</summary>
    IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit);

    /// <summary>Jobs that have not ended: what is taken up at a start.</summary>
    IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs();

    /// <summary>That job, if it has not ended; also one that <see cref="ReadUnfinishedJobs"/> does not give out. Null when there is none.</summary>
    JobProtocol.TakeUp? ReadUnfinishedJob(JobId job);

    /// <summary>Domains on which the job has open units.</summary>
    IReadOnlyList<DomainName> ReadOpenDomains(JobId job);

    /// <summary>Open units of the job by page id.</summary>
    IReadOnlyList<PageId> ReadOpenUnits(JobId job, int limit, PageId? after);

    /// <summary>Units of the job that ended refused, broken or unknown, by page id.</summary>
    IReadOnlyList<PageId> ReadRetryUnits(JobId job, int limit, PageId? after);

    /// <summary>
    /// The report of a job whose units have all ended, made part by part while it is read; a part may rest on those before it being stored.
    /// The same visits make the same parts.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was stopped in the middle.</exception>
    IEnumerable<ReportPart> ReadReport(JobId job, CancellationToken stop);

    /// <summary>Why the job's start URL was never answered, in one sentence; null when it was.</summary>
    string? ReadStartProblem(JobId job);
}

/// <param name="Memory"><see cref="DomainMemory.Blank"/> when the domain is not known.</param>
public sealed record DomainRead(DomainMemory Memory, IReadOnlyList<RobotsRecord> Robots);

/// <param name="NextDue">When the first unit that is not due yet will be; null when there is none.</param>
public sealed record WindowRead(IReadOnlyList<Unit> Units, IReadOnlyList<JobSpec> Jobs, DateTimeOffset? NextDue);

/// <summary>The store did not take a transaction, for a reason that time or an operator may heal.</summary>
public sealed class StoreUnavailableException(string message, bool full, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The disk is full.</summary>
    public bool Full { get; } = full;

    /// <summary>Another writer has taken this one's place: it will never store anything again, and asking again is in vain.</summary>
    public bool IsFenced { get; init; }
}
