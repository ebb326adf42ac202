using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>What operators look up in the store (S-8). Every answer is a committed state.</summary>
public interface IInspectionReads
{
    /// <summary>Domains that are due and were not awake at their last commit, longest due first; one more than the limit says that there are more.</summary>
    IReadOnlyList<DueDomain> ReadDueDomains(DateTimeOffset now, int limit);

    /// <summary>What became of a URL in the newest jobs that met it, newest first, among the newest thousand jobs; empty when none did.</summary>
    IReadOnlyList<MetUrl> ReadMet(PageUrl url, int limit);
}

public sealed record DueDomain(DomainName Domain, DateTimeOffset DueAt);

/// <summary>One URL in one job.</summary>
/// <param name="JobReason">Why the job ended or is parked; null when there is nothing to say.</param>
/// <param name="Lot">Open, ended, or kept out.</param>
/// <param name="Why">Of what was kept out.</param>
/// <param name="DueAt">Of what is open: not asked before.</param>
/// <param name="Tries">Requests sent for it so far.</param>
/// <param name="IsWarm">It is visited, and open for a second visit.</param>
/// <param name="Class">Of what ended; null for what is no visit.</param>
/// <param name="Status">HTTP status of its visit, or minus the <see cref="FetchFailure"/>.</param>
/// <param name="Error">Of its visit.</param>
/// <param name="VisitedAt">When its visit's request began.</param>
public sealed record MetUrl(
    UnitKey Unit, UnitKind Kind, JobState Job, string? JobReason, DateTimeOffset? ResumeAt, UnitLot Lot, ExclusionReason? Why,
    DateTimeOffset DueAt, int Tries, bool IsWarm, StatusClass? Class, int? Status, string? Error, DateTimeOffset? VisitedAt);

/// <summary>The numbers are the store's.</summary>
public enum UnitLot { Open = 0, Ended = 1, KeptOut = 2 }
