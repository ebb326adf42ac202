namespace Amble.Behaviours.Owning;

/// <summary>
/// How long a node may ask (DESIGN.md section 4). A lease counts from just before it was asked for: the table cannot have begun to count
/// earlier, so the node stops first, and by a margin more. A renewal counts the same way, and only if its answer came while the lease was
/// held. One that comes too late, or is refused, finds the lease lost for good: others may own by then what was owned under it.
/// </summary>
/// <remarks>All instants are of one monotonic clock of the node.</remarks>
public static class LeaseRule
{
    /// <param name="sentAt">Just before the table was asked.</param>
    public static Lease Taken(long epoch, DateTimeOffset sentAt, LeaseSettings settings) => new(epoch, Until(sentAt, settings), Lost: false);

    public static bool Holds(Lease lease, DateTimeOffset now) => !lease.Lost && now < lease.HeldUntil;

    /// <summary>The table was asked to renew it and has answered.</summary>
    public static Lease Answered(Lease lease, bool renewed, DateTimeOffset sentAt, DateTimeOffset now, LeaseSettings settings) =>
        renewed && Holds(lease, now) ? lease with { HeldUntil = Later(lease.HeldUntil, Until(sentAt, settings)) } : lease with { Lost = true };

    /// <summary>Time has passed.</summary>
    public static Lease Looked(Lease lease, DateTimeOffset now) => Holds(lease, now) ? lease : lease with { Lost = true };

    /// <summary>When the table is asked next, answered or not.</summary>
    public static DateTimeOffset NextRenewal(DateTimeOffset sentAt, LeaseSettings settings) => sentAt + settings.RenewEvery;

    private static DateTimeOffset Until(DateTimeOffset sentAt, LeaseSettings settings) => sentAt + settings.Lasts - settings.Margin;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
