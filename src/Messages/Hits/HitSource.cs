namespace Amble.Messages;

/// <summary>One life of one process that serves pages: the first half of a batch's id.</summary>
/// <param name="Life">None before and none after has the same.</param>
/// <param name="Node">The same for every life of one place: a later life there tells of what an earlier one left behind.</param>
public sealed record HitSource(Guid Life, string Node, DateTimeOffset StartedAt);

/// <summary>What a process could not store by the deadline of its stop, as it noted when it ended; its next life has it written.</summary>
/// <param name="Sequence">Of the batch that was in hand, which may have been stored all the same.</param>
/// <param name="InHand">What is missing if it was not.</param>
/// <param name="Beyond">What is missing in any case.</param>
public sealed record HitsLeft(Guid Life, long Sequence, IReadOnlyList<HitGap> InHand, IReadOnlyList<HitGap> Beyond);
