namespace Amble.Messages;

/// <summary>What a domain decided.</summary>
public enum DecisionKind
{
    /// <summary>It was taken up.</summary>
    Woke = 0,

    /// <summary>A request began.</summary>
    Asked = 1,

    /// <summary>A URL is asked again later.</summary>
    Deferred = 2,

    /// <summary>The delay became longer.</summary>
    Slowed = 3,

    /// <summary>The delay became shorter.</summary>
    Quickened = 4,

    /// <summary>A shorter delay is tried although the site once refused there (P-11+).</summary>
    Probed = 5,

    /// <summary>A delay stood its time, and is the one to come back to (P-11+).</summary>
    Held = 6,

    /// <summary>Nothing is asked for a while.</summary>
    Blocked = 7,

    /// <summary>A request had to wait for its job's permit.</summary>
    PermitWaited = 8,

    /// <summary>What robots.txt says is known.</summary>
    RobotsRead = 9,

    /// <summary>URLs ended without a request.</summary>
    KeptOut = 10,

    /// <summary>The store did not answer a read.</summary>
    ReadFailed = 11,

    /// <summary>A job was told that the site will not have it (P-13+).</summary>
    GaveUp = 12,

    /// <summary>A job was told to stay away for more than a day (P-12+).</summary>
    Parked = 13,
}

/// <summary>One decision of a domain, for people (S-8).</summary>
/// <param name="Reason">One sentence.</param>
/// <param name="Url">The URL that it is about; null when it is about the domain.</param>
public sealed record DecisionMade(DateTimeOffset At, DecisionKind Kind, string Reason, PageUrl? Url = null);
