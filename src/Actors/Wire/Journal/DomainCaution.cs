using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Wire.Journal;

/// <summary>
/// What the journal holds of a domain, as event and as snapshot alike: everything a new owner must not be faster than (P-16+). Never
/// URLs, starts or robots text, which are the store's; and no name, which is the entity's own. Each replaces what was there before it.
/// </summary>
/// <param name="Awake">It began to ask: a start may be unknown.</param>
public sealed record DomainCaution(
    TimeSpan? Delay, TimeSpan? Held, TimeSpan? Refused, TimeSpan ProbeWait, DateTimeOffset? BlockedUntil, string? BlockReason, TimeSpan? BlockStep,
    DateTimeOffset? LastGoodAt, DateTimeOffset? BarrenSince, bool Awake)
{
    /// <summary>Of <see cref="DomainEvent.Cautioned"/> the event, of <see cref="DomainEvent.DozingBegan"/> the snapshot: a clean rest, which forgets the raises before it.</summary>
    public static DomainCaution Of(DomainMemory memory) => new(
        memory.Delay, memory.Held, memory.Refused, memory.ProbeWait, memory.BlockedUntil, memory.BlockReason, memory.BlockStep,
        memory.LastGoodAt, memory.BarrenSince, memory.Awake);

    /// <summary>What is applied to a newborn domain before its first message.</summary>
    public DomainEvent Recalled(DomainName name) => new DomainEvent.Recalled(new DomainMemory(
        name, Delay, Held, Refused, ProbeWait, BlockedUntil, BlockReason, BlockStep, LastStartAt: null, LastGoodAt, BarrenSince, Awake));
}
