using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>How politely sites were asked (P-20+), computed from the stored requests or kept with a job's report.</summary>
public interface IPolitenessReads
{
    /// <summary>
    /// How a job asked its domains, most asked first, a thousand at most. Of a job that has ended it is read from the report, and costs next
    /// to nothing. Of one that is under way it is computed, which costs as much as the job has requests and is done in short reads; nothing is
    /// held of a request once it is counted.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was stopped in the middle.</exception>
    PolitenessRead ReadPoliteness(JobId job, CancellationToken stop);

    /// <summary>How all jobs together asked a domain since an instant, or in its newest million requests; null when it was not asked.</summary>
    DomainPoliteness? ReadPoliteness(DomainName domain, DateTimeOffset since, CancellationToken stop);
}

/// <param name="Domains">Most asked first.</param>
/// <param name="Requests">How many requests the job sent in all. The domains may account for fewer: too many domains, requests that
/// have expired, or what was still under way when a cancelled or refused job ended and made its report.</param>
public sealed record PolitenessRead(PolitenessOrigin Origin, IReadOnlyList<DomainPoliteness> Domains, long Requests)
{
    /// <summary>Requests that the domains account for.</summary>
    public long Told => Domains.Sum(domain => domain.Requests);
}

/// <summary>Where the figures are from.</summary>
public enum PolitenessOrigin
{
    /// <summary>The job sent nothing.</summary>
    Nothing = 0,

    /// <summary>The report of a job that has ended: they stay.</summary>
    Report = 1,

    /// <summary>The stored requests, just now.</summary>
    Requests = 2,

    /// <summary>The job ended before politeness was kept, and its requests have expired: nobody knows any more.</summary>
    Gone = 3,
}
