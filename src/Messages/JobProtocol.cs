namespace Amble.Messages;

/// <summary>All that may be said to a job.</summary>
public static class JobProtocol
{
    public interface ICommand { JobId Job { get; } }

    /// <summary>The job is in the store: take it up, at its creation or after a restart.</summary>
    /// <param name="Outcome">Of a finishing job: how it will end; running when it is being opened again.</param>
    public sealed record TakeUp(JobId Job, JobState State, DateTimeOffset? ResumeAt, DomainName Start, long Pending, JobState Outcome = JobState.Completed) : ICommand;

    /// <summary>A commit left nothing pending.</summary>
    public sealed record PendingReachedZero(JobId Job) : ICommand;

    /// <summary>The site keeps refusing: end the job, its open URLs unknown (P-13+).</summary>
    public sealed record GiveUp(JobId Job, DomainName Domain, string Reason) : ICommand;

    /// <summary>The site asked to stay away for more than a day (P-12+).</summary>
    public sealed record Park(JobId Job, DomainName Domain, DateTimeOffset Until, string Reason) : ICommand;

    /// <summary>Someone wants it to end.</summary>
    public sealed record Cancel(JobId Job) : ICommand;

    /// <summary>Someone wants what ended refused, broken or unknown to be asked again.</summary>
    public sealed record Retry(JobId Job) : ICommand;
}
