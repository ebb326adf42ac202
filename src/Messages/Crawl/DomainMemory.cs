namespace Amble.Messages;

/// <summary>What a domain must still know after a crash or a move (P-16+); stored with every commit.</summary>
/// <param name="Delay">The learned delay; null when the domain was never crawled.</param>
/// <param name="Held">The delay to come back to: one that stood its time or what a refusal proved since (P-11+).</param>
/// <param name="Refused">The delay at which the site last refused; null when none is known.</param>
/// <param name="ProbeWait">How long a delay must stand before the next probe, 60 to 960 s.</param>
/// <param name="BlockedUntil">Nothing is asked before this instant.</param>
/// <param name="BlockReason">In words.</param>
/// <param name="BlockStep">The last block without Retry-After: 8 s doubling to 60 s; null after a good answer.</param>
/// <param name="LastStartAt">When the last known request left.</param>
/// <param name="LastGoodAt">When the site last answered well.</param>
/// <param name="BarrenSince">Since when there has been work and no good answer (P-13+).</param>
/// <param name="Awake">True from before the first request until all is committed: a start after <see cref="LastStartAt"/> may be unknown.</param>
public sealed record DomainMemory(
    DomainName Name, TimeSpan? Delay, TimeSpan? Held, TimeSpan? Refused, TimeSpan ProbeWait,
    DateTimeOffset? BlockedUntil, string? BlockReason, TimeSpan? BlockStep,
    DateTimeOffset? LastStartAt, DateTimeOffset? LastGoodAt, DateTimeOffset? BarrenSince, bool Awake)
{
    /// <summary>A domain that nobody has asked yet.</summary>
    public static DomainMemory Blank(DomainName name) => new(name, null, null, null, TimeSpan.FromSeconds(60), null, null, null, null, null, null, false);
}

/// <summary>What an origin said about robots (RFC 9309).</summary>
/// <param name="Status">HTTP status of the final answer, or minus the <see cref="FetchFailure"/>.</param>
/// <param name="Body">The rules' text; null when there is none to obey.</param>
/// <param name="Reachable">False disallows everything (RFC 9309 section 2.3.1.4).</param>
public sealed record RobotsRecord(string Origin, int Status, string? Body, bool Reachable, DateTimeOffset FetchedAt, DateTimeOffset ExpiresAt);
