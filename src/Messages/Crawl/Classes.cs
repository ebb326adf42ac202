namespace Amble.Messages;

/// <summary>How a visit ended (DESIGN.md section 2).</summary>
public enum StatusClass { Ok = 0, Redirected = 1, Refused = 2, Broken = 3, Unknown = 4 }

/// <summary>What a unit of a job is.</summary>
public enum UnitKind { Page = 0, Robots = 1, Sitemap = 2 }

/// <summary>What a request was for (P-17+: every one counts).</summary>
public enum RequestKind { Page = 0, Robots = 1, Sitemap = 2, Hop = 3, Retry = 4, Warm = 5 }

/// <summary>Why a URL of the job is no visit.</summary>
public enum ExclusionReason
{
    Robots = 1,
    RobotsUnreachable = 2,
    Depth = 3,
    PageLimit = 4,
    Include = 5,
    Exclude = 6,
    TooManyRedirects = 7,

    /// <summary>Segments of its path repeat: a relative link that nests.</summary>
    TrapRepeatedSegments = 8,
    /// <summary>Its path has too many segments.</summary>
    TrapDeepPath = 9,
    /// <summary>Only its session id differs from a URL that was taken.</summary>
    TrapSession = 10,
    /// <summary>Only the order of its parameters differs from a URL that was taken.</summary>
    TrapQueryOrder = 11,
    /// <summary>Its path has too many queries.</summary>
    TrapQueries = 12,
    /// <summary>Its path has too many queries of many parameters: filters that combine.</summary>
    TrapQueryFilters = 13,
    /// <summary>There are too many dates under its prefix: a calendar.</summary>
    TrapCalendar = 14,
    /// <summary>There are too many URLs under the first segment of its path.</summary>
    TrapPrefix = 15,
}

/// <summary>What a cache on the way said of an answer, by the usual headers (RFC 9211 and its forerunners).</summary>
public enum CacheStatus
{
    /// <summary>No cache said anything.</summary>
    Unsaid = 0,
    Hit = 1,
    Miss = 2,

    /// <summary>Served although it was too old, or asked again at the origin.</summary>
    Stale = 3,

    /// <summary>The cache does not keep this page.</summary>
    Bypass = 4,
}
