namespace Amble.Behaviours.Owning;

/// <summary>A node's lease as the node itself sees it.</summary>
/// <param name="HeldUntil">By the node's monotonic clock; from that instant on it asks nothing.</param>
/// <param name="Lost">For good, whatever comes later.</param>
public sealed record Lease(long Epoch, DateTimeOffset HeldUntil, bool Lost);
