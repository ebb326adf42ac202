using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>
/// What operators look into while it runs (S-8), answered from memory by whoever owns it, on whichever node. Who does not answer within
/// <see cref="Deadline"/> is given up with a <see cref="TimeoutException"/>: a node that is gone must not hang the one who asks.
/// </summary>
public interface IInspection
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Domains that are awake, by name, up to the limit. Who does not answer in time is among them, without a status.</summary>
    Task<AwakeDomains> ReadAwakeAsync(int limit, CancellationToken stop);

    /// <summary>Null when the domain is asleep: then the store has all there is.</summary>
    /// <exception cref="TimeoutException">Its owner does not answer.</exception>
    Task<DomainProtocol.Details?> ReadDetailsAsync(DomainName domain, CancellationToken stop);

    /// <summary>Null when the domain is asleep.</summary>
    /// <exception cref="TimeoutException">Its owner does not answer.</exception>
    Task<DomainProtocol.Standing?> ReadStandingAsync(DomainName domain, UnitKey unit, CancellationToken stop);

    /// <exception cref="TimeoutException">The writer's node does not answer.</exception>
    Task<WriterView> ReadWriterAsync(CancellationToken stop);

    /// <summary>Who owns which domains.</summary>
    /// <exception cref="TimeoutException">Nobody can say.</exception>
    Task<IReadOnlyList<ShardView>> ReadShardsAsync(CancellationToken stop);

    /// <summary>The clock that all of these go by.</summary>
    DateTimeOffset Now { get; }
}

/// <param name="More">How many more are awake.</param>
public sealed record AwakeDomains(IReadOnlyList<AwakeDomain> Domains, long More);

/// <param name="Status">Null when it did not answer in time.</param>
public sealed record AwakeDomain(DomainName Domain, DomainProtocol.Status? Status);

/// <param name="Node">Where the writer is, for people.</param>
/// <param name="Waiting">Commands in its intake.</param>
/// <param name="Bytes">Roughly the memory that they hold.</param>
/// <param name="Oldest">How long the oldest of them has waited.</param>
/// <param name="Rejected">Commands that were set aside because they alone could not be stored.</param>
/// <param name="TurnedAway">Commands that found the intake full.</param>
/// <param name="HasRoom">False while the crawl is held back.</param>
/// <param name="Trouble">What the store last said when it did not take a turn; null while it takes them.</param>
/// <param name="Lanes">Most urgent first.</param>
public sealed record WriterView(
    string Node, int Waiting, long Bytes, TimeSpan Oldest, long Turns, TimeSpan LongestTurn, long Rejected, long TurnedAway, bool HasRoom, string? Trouble,
    IReadOnlyList<LaneView> Lanes);

/// <param name="Waiting">Commands that wait for a turn.</param>
/// <param name="Done">Commands whose turn has ended.</param>
/// <param name="Turns">Turns in which there was one of them.</param>
public sealed record LaneView(WriterProtocol.Priority Class, int Waiting, long Done, long Turns);

/// <param name="Shard">A shard's name, or what stands for all of them.</param>
/// <param name="Node">Who owns it, for people.</param>
/// <param name="Awake">Its domains that are in memory.</param>
public sealed record ShardView(string Shard, string Node, long Awake);
