using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What an outcome tells the pace: its kind by <see cref="StatusRule"/>, when its request left and, of a throttled answer only, how long the
/// site wants to be left alone. With a redirect Retry-After means something else (RFC 9110 section 10.2.3).
/// </summary>
public static class AnswerRule
{
    /// <summary>Null when nothing was sent.</summary>
    public static Answer? Judge(FetchOutcome outcome, DateTimeOffset now) =>
        StatusRule.Kind(outcome) is { } kind ? new Answer(kind, outcome.StartedAt, kind == AnswerKind.Throttled ? RetryAfterOf(outcome, now) : null) : null;

    private static TimeSpan? RetryAfterOf(FetchOutcome outcome, DateTimeOffset now) =>
        outcome is FetchOutcome.Answered { RetryAfter.Count: > 0 } a ? RetryAfter.Parse(a.RetryAfter, a.Date, now) : null;
}
