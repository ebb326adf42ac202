namespace Amble.Behaviours.Crawl;

/// <summary>What an answer tells about the pace; which status is which stands in <see cref="StatusRule"/>.</summary>
public enum AnswerKind
{
    /// <summary>The site bears it: 2xx, 3xx, 404, 410.</summary>
    Good = 0,
    /// <summary>The site says "slower": 429, 503.</summary>
    Throttled = 1,
    /// <summary>The site is in trouble: other 5xx, time-outs, broken or refused connections.</summary>
    Error = 2,
    /// <summary>Speaks of its URL only, like the other 4xx: neither shortens nor lengthens.</summary>
    Neutral = 3,
}

/// <summary>One answer, as the pace sees it.</summary>
/// <param name="StartedAt">When its request left.</param>
/// <param name="RetryAfter">The rest that the site asked for, counted from now (see <see cref="Crawl.RetryAfter"/>); null when it asked for none.</param>
public readonly record struct Answer(AnswerKind Kind, DateTimeOffset StartedAt, TimeSpan? RetryAfter = null);
