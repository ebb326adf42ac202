using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>What the doors (HTTP, command line) ask of a runtime, whichever it is.</summary>
public interface ICrawlRuntime : IAsyncDisposable
{
    /// <summary>Takes up unfinished jobs and begins to wake domains.</summary>
    void Start();

    /// <summary>Stores a job and begins it. Answers after the commit.</summary>
    Task<JobSpec> CreateAsync(NewJob job, CancellationToken stop);

    /// <summary>
    /// Ends a job as cancelled; false when there is no such job, or it ends or has ended otherwise. Answers once that is committed: nothing more is
    /// asked for, and it can end in no other way; its report is still to be written, see <see cref="WhenEndedAsync"/>.
    /// </summary>
    Task<bool> CancelAsync(JobId job, CancellationToken stop);

    /// <summary>Answers when the job's end is committed, its report with it; at once when there is no such job or it has ended.</summary>
    Task WhenEndedAsync(JobId job, CancellationToken stop);

    /// <summary>Opens again what ended refused, broken or unknown; the number of units opened, or null when there is no such job.</summary>
    Task<long?> RetryAsync(JobId job, CancellationToken stop);

    /// <summary>How a domain is doing; null when it is asleep.</summary>
    Task<DomainProtocol.Status?> AskAsync(DomainName domain, CancellationToken stop);

    /// <summary>From memory, at any time.</summary>
    RuntimeHealth Health { get; }

    /// <summary>What draws this node's cards; nothing where nobody does.</summary>
    ICards Cards => NoCards.Instance;

    /// <summary>Begins nothing new, lets what is in flight end and be committed within the deadline.</summary>
    Task StopAsync(TimeSpan deadline);
}

/// <param name="Waiting">Commands in the writer's intake.</param>
/// <param name="Oldest">How long the oldest of them has waited.</param>
/// <param name="Turns">Write turns so far.</param>
/// <param name="Rejected">Commands that were set aside because they alone could not be stored.</param>
/// <param name="StoreTrouble">What the store last said when it did not take a turn; null while it takes them.</param>
/// <param name="DiskFull">The trouble is a full disk.</param>
public sealed record RuntimeHealth(
    int Waiting, TimeSpan Oldest, long Turns, TimeSpan LongestTurn, long Rejected, int DomainsAwake, int InFlight, string? StoreTrouble, bool DiskFull)
{
    /// <summary>The trouble is another writer: nothing is stored any more, for good.</summary>
    public bool IsFenced { get; init; }

    /// <summary>Who is a member; null where a node is alone by its nature.</summary>
    public MembersView? Members { get; init; }
}

/// <param name="Count">Nodes that are members, those that cannot be reached with them.</param>
/// <param name="Unreachable">HOST:PORT of members that some other member does not reach; empty once all see each other.</param>
public sealed record MembersView(int Count, IReadOnlyList<string> Unreachable);
