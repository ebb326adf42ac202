using Amble.Behaviours.Ports;

namespace Amble.Local;

/// <summary>
/// Has the bytes of dropped periods go, piece by piece (SEEDS R-8+). No turn waits for that; and since what goes keeps the disk busy for a
/// moment, it goes right after a turn, when the next one is furthest away.
/// </summary>
internal sealed class PeriodRemoval(IScheduler scheduler, LocalWriter writer, IRetentionStore store)
{
    /// <summary>Before the next piece, or when somebody was in the way.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan _unavailable = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _lookForTurn = TimeSpan.FromMilliseconds(5);

    private volatile bool _closed;

    /// <param name="gone">Called when all of it has gone.</param>
    public void Begin(StoredPeriod period, Action gone) => AfterTurn(() => Go(period, gone), writer.DoneForOthers, scheduler.Now + _longestWait);

    /// <summary>Nothing more goes; what is left goes as what nothing names.</summary>
    public void Close() => _closed = true;

    private void AfterTurn(Action then, long done, DateTimeOffset atLast)
    {
        if (scheduler.Now >= atLast || writer.DoneForOthers != done && writer.IsQuiet) scheduler.RunBlocking(then);
        else scheduler.RunAt(scheduler.Now + _lookForTurn, () => AfterTurn(then, done, atLast));
    }

    private void Go(StoredPeriod period, Action gone)
    {
        if (_closed) return;
        if (TryRemove(period, out var pause)) gone();
        else scheduler.RunAt(scheduler.Now + pause, () => Begin(period, gone));
    }

    private bool TryRemove(StoredPeriod period, out TimeSpan pause)
    {
        pause = Pause;
        try
        {
            return store.TryRemove(period.Family, period.Number);
        }
        catch (StoreUnavailableException)
        {
            pause = _unavailable;
            return false;
        }
    }
}
