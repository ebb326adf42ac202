using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>What retention reads of the store, and how bytes go once the writer no longer names them.</summary>
public interface IRetentionStore
{
    /// <summary>What is stored and may have expired; by a reading connection.</summary>
    /// <param name="from">Jobs before this one are empty already.</param>
    /// <param name="createdBefore">Only jobs that were created before it can have visits that have expired.</param>
    RetentionRead ReadRetention(JobId from, DateTimeOffset createdBefore);

    /// <summary>
    /// Whether an ended job still has places in the orders of its pages; by a reading connection, for on PostgreSQL this passes over
    /// whatever was deleted since the last vacuum, and the writer must not.
    /// </summary>
    bool HasOrders(JobId job);

    /// <summary>The disk still takes what was committed: a slice that comes now would only lengthen that.</summary>
    bool IsSettling { get; }

    /// <summary>
    /// Deletes the bytes of a period that was dropped, or a piece of them; false when another piece is left or somebody was in the way, then it
    /// is to be called again after a pause.
    /// </summary>
    bool TryRemove(string family, long number);

    /// <summary>
    /// Deletes what nothing names, a piece at a time: periods that were made ahead and had no row, and those that were dropped by a process
    /// that died before their bytes were gone; false as <see cref="TryRemove"/>.
    /// </summary>
    /// <param name="endedBefore">Rows may still come to younger ones.</param>
    bool TryRemoveUnnamed(DateTimeOffset endedBefore);

    /// <summary>Sees that the coming two periods are there, where the engine needs that; false when somebody was in the way.</summary>
    bool TryMakeAhead(DateTimeOffset now);

    /// <summary>Visits that are stored, from memory: right after every turn (SEEDS R-4).</summary>
    long Visits { get; }

    /// <summary>Visits whose details are stored by period, from memory.</summary>
    long Details { get; }
}

/// <param name="From">All jobs before this one are empty.</param>
/// <param name="Jobs">Ended jobs that are not empty, by number; at most <see cref="MostJobs"/>.</param>
/// <param name="HasFormerDetails">The table of an earlier version has rows.</param>
/// <param name="HasFormerRequests">The same.</param>
public sealed record RetentionRead(JobId From, IReadOnlyList<StoredPeriod> Periods, IReadOnlyList<EndedJob> Jobs, bool HasFormerDetails, bool HasFormerRequests)
{
    public static RetentionRead Nothing { get; } = new(new JobId(0), [], [], false, false);

    public const int MostJobs = 1_000;
}

/// <param name="Family">details, requests or hits.</param>
/// <param name="IsHeld">A job that has not ended has rows in it.</param>
/// <param name="Bytes">On the disk; null when that cannot be said.</param>
public sealed record StoredPeriod(string Family, long Number, DateTimeOffset BeginsAt, DateTimeOffset EndsAt, long Rows, bool IsHeld, long? Bytes);

/// <param name="HasVisits">Some of its visits are stored.</param>
public sealed record EndedJob(JobId Job, DateTimeOffset CreatedAt, DateTimeOffset EndedAt, bool HasVisits);

/// <summary>How full the disk is that has the store.</summary>
public interface IDiskProbe
{
    /// <summary>0 to 100; null when it cannot be said.</summary>
    double? UsedPercent();
}

/// <summary>Retention as doors see it: from memory, at any time.</summary>
public interface IRetention
{
    RetentionNumbers Numbers { get; }

    /// <summary>Does now what is due, without waiting its turn between other work longer than a slice asks; answers what went.</summary>
    Task<PurgeDone> PurgeAsync(CancellationToken stop);
}

/// <summary>How retention stands. Sums count from the start of the process.</summary>
/// <param name="IsHere">False where another node has the writer; then the rest says nothing.</param>
/// <param name="Lag">How much later than it had to the oldest row is still stored; zero when nothing is late .</param>
/// <param name="Visits">Stored now.</param>
/// <param name="Details">Visits whose details are stored by period, now.</param>
/// <param name="PurgedRows">Rows that went in slices.</param>
/// <param name="DroppedPeriods">Periods that went as a whole.</param>
/// <param name="ShedPeriods">Those among them that went early, since the disk was too full.</param>
/// <param name="LongestSlice">Of the writer's time.</param>
/// <param name="DiskUsedPercent">Null when it cannot be said.</param>
/// <param name="Says">One sentence, when something is out of the ordinary.</param>
public sealed record RetentionNumbers(
    bool IsHere, TimeSpan Lag, long Visits, long Details, long PurgedRows, long DroppedPeriods, long ShedPeriods, long Slices, TimeSpan LongestSlice,
    double? DiskUsedPercent, string? Says, RetentionRead Stored)
{
    public static RetentionNumbers Elsewhere { get; } = new(
        false, default, 0, 0, 0, 0, 0, 0, default, null, null, RetentionRead.Nothing);
}

/// <param name="Bytes">Of the periods that were removed, as far as it is known.</param>
/// <param name="Left">Why something that has expired is still stored, in one sentence; null when nothing is.</param>
public sealed record PurgeDone(long Rows, long Periods, long Bytes, TimeSpan Took, string? Left);
