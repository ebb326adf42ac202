using Amble.Messages;

namespace Amble.Behaviours.Jobs;

/// <summary>
/// Where a job is. It ends by way of Finishing (that it ends, and how, is being stored), Dropping (its domains are told), Draining (what is
/// open ends), Reporting and Ending; it is opened again by way of Reopening, Clearing (its report goes) and Resuming.
/// </summary>
public enum JobPhase { Unknown, Running, Parked, Finishing, Dropping, Draining, Reporting, Ending, Reopening, Clearing, Resuming, Ended }

/// <param name="Outcome">How it will end.</param>
/// <param name="After">The last unit of the slice that is under way; null before the first.</param>
public sealed record JobLife(JobId Id, JobPhase Phase, DateTimeOffset? ResumeAt, DomainName? Start, JobState Outcome, string? Reason, PageId? After)
{
    /// <summary>A read of the store failed; it is tried again at the next wake-up.</summary>
    public bool ReadsAgain { get; init; }

    /// <summary>What was said while it could not be done: once the phases under way are over, it is.</summary>
    public JobProtocol.ICommand? Later { get; init; }

    public bool IsLive => Phase is JobPhase.Running or JobPhase.Parked;

    public bool IsEnding => Phase is JobPhase.Finishing or JobPhase.Dropping or JobPhase.Draining or JobPhase.Reporting or JobPhase.Ending;

    public bool IsOpening => Phase is JobPhase.Reopening or JobPhase.Clearing or JobPhase.Resuming;
}
