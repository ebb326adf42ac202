using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What an outcome tells the pace. 429 and 503 are throttling; other 5xx, time-outs and connections that failed are errors; 2xx, 3xx, 404
/// and 410 are good answers; any other 4xx says nothing of the host's patience.
/// </summary>
public static class AnswerRule
{
    public static Answer Judge(FetchOutcome outcome, DateTimeOffset now) => outcome switch
    {
        FetchOutcome.Answered a => new Answer(KindOf(a), a.StartedAt, RetryAfterOf(a, now)),
        FetchOutcome.Failed f => new Answer(KindOf(f.Failure), f.StartedAt, null),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Unknown outcome."),
    };

    private static AnswerKind KindOf(FetchOutcome.Answered a) => a.Status switch
    {
        429 or 503 => AnswerKind.Throttled,
        >= 500 => AnswerKind.Error,
        404 or 410 => AnswerKind.Good,
        >= 400 => AnswerKind.Neutral,
        _ => a.Challenge is null ? AnswerKind.Good : AnswerKind.Neutral,
    };

    private static AnswerKind KindOf(FetchFailure failure) => failure switch
    {
        FetchFailure.AddressNotAllowed or FetchFailure.TooLarge or FetchFailure.BadAnswer => AnswerKind.Neutral,
        _ => AnswerKind.Error,
    };

    // Only a throttled answer's Retry-After is a wish to be left alone; with a redirect it means something else (RFC 9110 section 10.2.3).
    private static TimeSpan? RetryAfterOf(FetchOutcome.Answered a, DateTimeOffset now) =>
        a.Status is 429 or 503 && a.RetryAfter.Count > 0 ? RetryAfter.Parse(a.RetryAfter, a.Date, now) : null;
}
