namespace Amble.Behaviours.AccessLog;

/// <summary>
/// When a batch is written and how large it is (A-2, A-9+): as soon as a batch's worth waits, or when the oldest has waited its time,
/// counted from that one and not by a ticker. Once it closes, at once. A batch takes what waits, up to its size; the size doubles up to
/// its most with every batch that leaves as many behind, and falls back as soon as one leaves less than would fill a usual one.
/// </summary>
public static class BatchRule
{
    /// <summary>Roughly what a batch may hold in memory, whatever its items are; it travels in frames of 64 KiB.</summary>
    public const long MostBytes = 2L << 20;

    /// <summary>When the next batch is due; null when nothing waits.</summary>
    /// <param name="oldest">Since when the oldest waits.</param>
    public static DateTimeOffset? Due(int waiting, DateTimeOffset oldest, bool closing, AccessLogSettings settings) =>
        waiting == 0 ? null : closing || waiting >= settings.Batch ? DateTimeOffset.MinValue : oldest + settings.Within;

    /// <summary>The size of the batch after this one.</summary>
    /// <param name="size">Of this one.</param>
    /// <param name="left">Items that it left behind.</param>
    public static int Next(int size, int left, AccessLogSettings settings) =>
        left >= size ? Math.Min(size * 2, settings.BatchMost) : left >= settings.Batch ? size : settings.Batch;
}
