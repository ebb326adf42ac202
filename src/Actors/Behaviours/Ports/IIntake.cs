namespace Amble.Behaviours.Ports;

/// <summary>A bounded, counted side stream into the store: offering never waits, and nothing is lost uncounted (DESIGN.md section 3).</summary>
public interface IIntake<in T> : IAsyncDisposable
{
    /// <summary>False when it is full or closed: the newcomer is dropped and counted. Never blocks.</summary>
    bool Offer(T item);

    /// <summary>Exact whenever the stream is quiet; at any time what is not accounted for is in flight.</summary>
    IntakeCounts Counts { get; }

    /// <summary>Takes nothing more and writes what it has; what could not be written by then is counted as dropped.</summary>
    Task DrainAsync(TimeSpan deadline);
}

/// <param name="Offered">All that was offered.</param>
/// <param name="Written">Stored.</param>
/// <param name="DroppedFull">Turned away because the intake was full or closed.</param>
/// <param name="DroppedPoison">Set aside because it alone cannot be stored.</param>
/// <param name="DroppedDeadline">Not stored by the deadline of a stop.</param>
public readonly record struct IntakeCounts(long Offered, long Written, long DroppedFull, long DroppedPoison, long DroppedDeadline)
{
    public long InFlight => Offered - Written - DroppedFull - DroppedPoison - DroppedDeadline;
}

/// <param name="Capacity">Items that may wait. Fewer: a stall drops sooner; more: it holds more memory.</param>
/// <param name="Most">Items of one write .</param>
/// <param name="Within">An item waits at most this long for others to be written with .</param>
/// <param name="Writes">Writes under way at once. One keeps batches in order.</param>
public sealed record IntakeSettings(int Capacity, int Most, TimeSpan Within, int Writes)
{
    public static IntakeSettings Default { get; } = new(65_536, 128, TimeSpan.FromSeconds(2), 1);
}

/// <summary>Writes one batch; answers how many of its items were set aside because they cannot be stored.</summary>
public delegate Task<int> WriteBatch<in T>(IReadOnlyList<T> batch, CancellationToken stop);
