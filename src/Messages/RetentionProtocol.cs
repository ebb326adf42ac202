using static Amble.Messages.WriterProtocol;

namespace Amble.Messages;

/// <summary>
/// What retention says to the writer in its own process; none of it travels. Each command touches about as many rows as it names, and does
/// no harm when it comes twice: what has expired and gone is gone.
/// </summary>
public static class RetentionProtocol
{
    /// <summary>
    /// The main database stops naming a period, after which its bytes can be removed. Whose rows it has is forgotten first, in slices.
    /// Answer: <see cref="PeriodDropped"/>.
    /// </summary>
    /// <param name="Family">details, requests or hits.</param>
    /// <param name="Rows">At most so many rows in this turn.</param>
    /// <param name="Force">Also when a job that has not ended has rows in it.</param>
    public sealed record DropPeriod(string Family, long Number, int Rows, bool Force) : ICommand { public Priority Priority => Priority.Maintenance; }

    /// <summary>One slice of a walk through a table: what is lost of it with a server that crashes is done again. Answer: <see cref="SlicePurged"/>.</summary>
    public interface ISlice : ICommand
    {
        /// <summary>Where to go on.</summary>
        PurgePlace After { get; }

        /// <summary>At most so many rows in this turn.</summary>
        int Rows { get; }

        /// <summary>After this time it ends with the rows that it has come to; null: it does not look at the clock.</summary>
        TimeSpan? Within { get; }
    }

    /// <summary>Deletes the visits of an ended job that began before an instant, with all that hangs on them, by page number.</summary>
    /// <param name="After">Its first number is a page's.</param>
    /// <param name="Rows">Visits to look at.</param>
    public sealed record PurgeVisits(JobId Job, PurgePlace After, int Rows, DateTimeOffset Before, TimeSpan? Within = null) : ISlice { public Priority Priority => Priority.Maintenance; }

    /// <summary>Deletes frontier, orders, budgets and sitemaps of an ended job of which no visit is left.</summary>
    /// <param name="After">Its first number is a table's.</param>
    /// <param name="HasOrders">A reader has seen that places in the orders are left; the writer does not look for them otherwise.</param>
    public sealed record EmptyJob(JobId Job, PurgePlace After, bool HasOrders, int Rows, DateTimeOffset Before, TimeSpan? Within = null) : ISlice { public Priority Priority => Priority.Maintenance; }

    /// <summary>Deletes what has expired from a table of an earlier version.</summary>
    public sealed record PurgeFormer(FormerTable Table, PurgePlace After, int Rows, DateTimeOffset Before, TimeSpan? Within = null) : ISlice { public Priority Priority => Priority.Maintenance; }

    public sealed record PeriodDropped(string Family, long Number, PeriodLot Lot) : IReply;

    /// <param name="Rows">Rows that have gone.</param>
    /// <param name="Looked">Rows that were looked at, at most: as many as were named, or fewer where time was up.</param>
    /// <param name="Next">Where to go on; null when this was the last slice.</param>
    public sealed record SlicePurged(long Rows, int Looked, PurgePlace? Next) : IReply;
}

/// <summary>Where a slice ended; what the numbers are is the store's.</summary>
public readonly record struct PurgePlace(long First, long Second = 0);

/// <summary>Tables that were not by period.</summary>
public enum FormerTable { Details = 0, Requests = 1 }

/// <summary>What became of a period.</summary>
public enum PeriodLot
{
    /// <summary>It is no longer named.</summary>
    Dropped,

    /// <summary>There is more to forget before that.</summary>
    Dropping,

    /// <summary>A job that has not ended has rows in it.</summary>
    Held,
}
