using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What each HTTP status and each failure means; the only place that knows (DESIGN.md section 2). In words:
/// <para>2xx and 304 are ok; a 3xx with a target that can be crawled is redirected, without one it is broken. 401, 403, 407, 451, 999,
/// challenges, 429 and 503 are refused: the site did not want us, which says nothing about the link. All else that was answered is
/// broken, and so is what a browser could not show either: TLS, no such host, nobody listening, not HTTP. A time-out, a cut connection,
/// a body beyond our own caps and an address that we may not ask are unknown: the page may be fine.</para>
/// </summary>
public static class StatusRule
{
    /// <summary>What the outcome tells the domain's pace. Null when nothing was sent, so that there is nothing to learn.</summary>
    public static AnswerKind? Kind(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Answered a when IsThrottled(a.Status) => AnswerKind.Throttled,
        FetchOutcome.Answered { Challenge: not null } => AnswerKind.Neutral,
        FetchOutcome.Answered { Status: >= 200 and <= 399 or 404 or 410 } => AnswerKind.Good,
        FetchOutcome.Answered { Status: >= 500 and <= 599 } => AnswerKind.Error,
        FetchOutcome.Answered => AnswerKind.Neutral,
        FetchOutcome.Failed { Failure: FetchFailure.AddressNotAllowed or FetchFailure.NoSuchHost } => null,
        // The site served us well; that we would not take it all is our own affair.
        FetchOutcome.Failed { Failure: FetchFailure.TooLarge } => AnswerKind.Neutral,
        _ => AnswerKind.Error,
    };

    /// <summary>The same of a request as it is stored, which does not say whether its answer was a challenge.</summary>
    /// <param name="status">HTTP status, or minus the <see cref="FetchFailure"/>.</param>
    public static AnswerKind KindOfStored(int status) => status switch
    {
        _ when IsThrottled(status) => AnswerKind.Throttled,
        >= 200 and <= 399 or 404 or 410 => AnswerKind.Good,
        >= 500 and <= 599 => AnswerKind.Error,
        > 0 or -(int)FetchFailure.TooLarge => AnswerKind.Neutral,
        _ => AnswerKind.Error,
    };

    /// <summary>How a visit that ends with this outcome is counted.</summary>
    public static StatusClass Class(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Answered a when IsRefusal(a) => StatusClass.Refused,
        FetchOutcome.Answered { Status: >= 200 and <= 299 or 304 } => StatusClass.Ok,
        FetchOutcome.Answered { Status: >= 300 and <= 399, RedirectTo: not null } => StatusClass.Redirected,
        FetchOutcome.Failed
        {
            Failure: FetchFailure.Timeout or FetchFailure.ConnectionCut or FetchFailure.TooLarge or FetchFailure.AddressNotAllowed
        } => StatusClass.Unknown,
        _ => StatusClass.Broken,
    };

    /// <summary>"Slower": a refusal in the sense of the pace.</summary>
    public static bool IsThrottled(int status) => status is 429 or 503;

    /// <summary>Trouble that may pass within seconds (P-7): other 5xx, time-out, cut or refused connection.</summary>
    public static bool IsTransient(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Answered a => a.Status is >= 500 and <= 599 && !IsThrottled(a.Status) && a.Challenge is null,
        FetchOutcome.Failed f => f.Failure is FetchFailure.Timeout or FetchFailure.ConnectionCut or FetchFailure.ConnectionRefused,
        _ => false,
    };

    /// <summary>The site does not want this URL asked by us: 403 or a challenge (P-14+).</summary>
    public static bool IsForbidden(FetchOutcome.Answered answer) => answer.Status == 403 || answer.Challenge is not null;

    /// <summary>The site does not want it asked by us, and patience will not help: refused, but not throttled (P-14+).</summary>
    public static bool TurnsAway(FetchOutcome.Answered answer) => answer.Challenge is not null || IsRefusal(answer) && !IsThrottled(answer.Status);

    /// <summary>One sentence for people; null when there is nothing to complain about.</summary>
    public static string? Error(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Failed f => f.Detail,
        FetchOutcome.Answered { Challenge: { } vendor } a => $"HTTP {a.Status} with a challenge page ({vendor}).",
        FetchOutcome.Answered a when Class(a) is StatusClass.Ok or StatusClass.Redirected => null,
        FetchOutcome.Answered { Status: >= 300 and <= 399 } a => $"HTTP {a.Status} without a Location that can be followed.",
        FetchOutcome.Answered a => $"HTTP {a.Status}.",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static bool IsRefusal(FetchOutcome.Answered a) => a.Challenge is not null || a.Status is 401 or 403 or 407 or 429 or 451 or 503 or 999;
}
