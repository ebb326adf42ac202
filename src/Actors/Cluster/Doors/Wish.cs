using Akka.Actor;
using Amble.Messages;

namespace Amble.Cluster.Doors;

/// <summary>What the doors of a node ask for; each carries its own answer. Never leaves the process.</summary>
internal abstract record Wish : INoSerializationVerificationNeeded
{
    private Wish() { }

    public sealed record Create(NewJob Job, TaskCompletionSource<JobSpec> Answer) : Wish;

    /// <summary>About a job that may live on any node.</summary>
    public abstract record OfJob(JobId Job) : Wish;

    /// <param name="Answer">Whether it ends as cancelled.</param>
    public sealed record Cancel(JobId Job, TaskCompletionSource<bool> Answer) : OfJob(Job);

    public sealed record WhenEnded(JobId Job, TaskCompletionSource<bool> Answer) : OfJob(Job);

    /// <param name="Answer">The number of units opened; null when there is no such job.</param>
    public sealed record Retry(JobId Job, TaskCompletionSource<long?> Answer) : OfJob(Job);
}
