using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>A bounded, counted side stream into the store: offering never waits, and nothing is lost uncounted (DESIGN.md section 3).</summary>
public interface IIntake<in T> : IAsyncDisposable
{
    /// <summary>False when it is full or closed: the newcomer is dropped and counted. Never blocks.</summary>
    bool Offer(T item);

    /// <summary>Exact whenever the stream is quiet; at any time what is not accounted for is in flight.</summary>
    IntakeCounts Counts { get; }

    /// <summary>How it is, from memory.</summary>
    IntakeView View { get; }

    /// <summary>Takes nothing more and writes what it has; what could not be written by then is counted as dropped, and told.</summary>
    Task<IntakeLeft> DrainAsync(TimeSpan deadline);
}

/// <param name="Offered">All that was offered.</param>
/// <param name="Written">Stored.</param>
/// <param name="DroppedFull">Turned away because the intake was full or closed.</param>
/// <param name="DroppedPoison">Set aside because it alone cannot be stored.</param>
/// <param name="DroppedDeadline">Not stored by the deadline of a stop.</param>
public readonly record struct IntakeCounts(long Offered, long Written, long DroppedFull, long DroppedPoison, long DroppedDeadline)
{
    public long InFlight => Offered - Written - DroppedFull - DroppedPoison - DroppedDeadline;

    public long Dropped => DroppedFull + DroppedPoison + DroppedDeadline;
}

/// <param name="Waiting">Items that are not stored yet, those of the batch in hand among them.</param>
/// <param name="Bytes">Roughly the memory that they hold.</param>
/// <param name="Oldest">How long the oldest of them has waited.</param>
/// <param name="Batches">Written so far.</param>
/// <param name="LastBatch">Items of the newest of them.</param>
/// <param name="Gaps">Rows that were written so far to tell of what was dropped.</param>
/// <param name="Trouble">Why the batch in hand is not stored yet; null while all goes well.</param>
/// <param name="LastTrouble">The newest trouble that there was; null when there was none.</param>
/// <param name="LastTroubleAt">When it was told; null when there was none.</param>
public sealed record IntakeView(
    IntakeCounts Counts, int Waiting, long Bytes, TimeSpan Oldest, long Batches, int LastBatch, long Gaps, string? Trouble, string? LastTrouble, DateTimeOffset? LastTroubleAt);

/// <summary>What an intake could not write by its deadline.</summary>
/// <param name="Sequence">Of the batch that was in hand, which may be stored all the same.</param>
/// <param name="InHand">What is missing if it is not.</param>
/// <param name="Beyond">What is missing in any case.</param>
public sealed record IntakeLeft(long Sequence, IReadOnlyList<HitGap> InHand, IReadOnlyList<HitGap> Beyond)
{
    public static IntakeLeft Nothing { get; } = new(0, [], []);
}

/// <summary>How an intake judges its items.</summary>
/// <param name="Bytes">Roughly the memory that an item holds.</param>
/// <param name="IsReserved">It may use the room that is kept for its kind.</param>
public sealed record IntakeItems<T>(Func<T, int> Bytes, Func<T, bool> IsReserved);

/// <summary>What is written at once. The first and the last one of an intake come in any case, and may have no items.</summary>
/// <param name="Sequence">From 1, without a hole.</param>
/// <param name="Gaps">What was dropped since the batch before.</param>
/// <param name="IsLast">The intake has ended in order.</param>
public sealed record IntakeBatch<T>(long Sequence, IReadOnlyList<T> Items, IReadOnlyList<HitGap> Gaps, bool IsLast);

/// <summary>What became of a batch.</summary>
public abstract record BatchOutcome
{
    private BatchOutcome() { }

    /// <param name="Aside">Items that were set aside because they alone cannot be stored; a gap was stored for them.</param>
    public sealed record Stored(int Aside) : BatchOutcome;

    /// <summary>It was not stored, or it is unknown whether: it comes again unchanged, before anything newer.</summary>
    public sealed record Unavailable(string Reason) : BatchOutcome;

    /// <summary>It will never be stored, and it is not one item's fault.</summary>
    public sealed record Refused(string Reason) : BatchOutcome;
}

/// <summary>Writes one batch and tells what became of it, once, on any thread. The same batch may come again; then it is stored once.</summary>
public delegate void WriteBatch<T>(IntakeBatch<T> batch, Action<BatchOutcome> answer);
