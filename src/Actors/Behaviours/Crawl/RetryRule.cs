using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>When and for which URL the host last answered well.</summary>
public sealed record LastGood(DateTimeOffset At, PageUrl Url);

/// <summary>What becomes of a unit.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>It ends.</summary>
    /// <param name="Error">One sentence; null when there was none.</param>
    public sealed record Done(StatusClass Class, string? Error) : Verdict;

    /// <summary>It is asked again when it is due, and never earlier than the pace allows.</summary>
    /// <param name="Unit">With its counts and its due time moved on.</param>
    /// <param name="Why">In words.</param>
    public sealed record Again(Unit Unit, string Why) : Verdict;
}

/// <summary>
/// What becomes of a URL after an outcome, in words:
/// <para>429 and 503 put it off, 100 ms doubling to 12.8 s, and after eight charged retries it is refused (P-6). A refusal is charged only if
/// the host answered another URL well since this one was last refused, or at all for its first; a host that refuses everyone is the
/// domain's business, and its URLs wait without ever ending (P-13+).</para>
/// <para>403 and challenges speak of their URL: retried like the above, always charged, when another URL was good before; else the URL is
/// refused after one more try (P-14+).</para>
/// <para>Other 5xx, time-outs, cut and refused connections are asked again five times, after 1 to 5 s (P-7). So is a page that stumbled over
/// the condition with which it was asked for. All else ends at once.</para>
/// </summary>
public static class RetryRule
{
    /// <param name="lastGood">The host's last good answer to another URL than this; one to this URL counts as none.</param>
    /// <param name="now">When the outcome came.</param>
    public static Verdict Judge(Unit unit, FetchOutcome outcome, LastGood? lastGood, DateTimeOffset now, RetrySettings s)
    {
        var other = lastGood?.Url == unit.Url ? null : lastGood;
        return outcome switch
        {
            FetchOutcome.Answered a when StatusRule.IsForbidden(a) => Refused(unit, a, charged: true, other is null ? 1 : s.ThrottleRetries, now, s),
            FetchOutcome.Answered a when StatusRule.IsThrottled(a.Status) => Refused(unit, a, s.ChargesEveryRefusal || IsCharged(unit, other), s.ThrottleRetries, now, s),
            // Nobody but us made a condition: without it the next answer speaks of the page.
            FetchOutcome.Answered { Status: 412 } when unit.HasCopy => Failed(unit, outcome, now, s),
            _ when StatusRule.IsTransient(outcome) => Failed(unit, outcome, now, s),
            _ => Ended(outcome),
        };
    }

    private static bool IsCharged(Unit unit, LastGood? other) =>
        other is not null && (unit.LastRefusedAt is not { } refusedAt || other.At > refusedAt);

    private static Verdict Refused(Unit unit, FetchOutcome.Answered answer, bool charged, int retries, DateTimeOffset now, RetrySettings s)
    {
        if (charged && unit.Throttles >= retries) return Ended(answer);
        var next = unit with { Throttles = unit.Throttles + (charged ? 1 : 0), DueAt = now + ThrottleWait(unit.Throttles, s), LastRefusedAt = now };
        return new Verdict.Again(next, charged
            ? $"HTTP {answer.Status}, retry {next.Throttles} of {retries}."
            : $"HTTP {answer.Status}, not charged: the host has answered no other URL well since.");
    }

    private static Verdict Failed(Unit unit, FetchOutcome outcome, DateTimeOffset now, RetrySettings s)
    {
        if (unit.Errors >= s.ErrorRetries) return Ended(outcome);
        var errors = unit.Errors + 1;
        var next = unit with { Errors = errors, DueAt = now + s.ErrorWaitStep * errors };
        return new Verdict.Again(next, $"{StatusRule.Error(outcome)} Retry {errors} of {s.ErrorRetries}.");
    }

    private static TimeSpan ThrottleWait(int charged, RetrySettings s)
    {
        var wait = s.ThrottleWaitFirst * Math.Pow(2, Math.Min(charged, 30));
        return wait < s.ThrottleWaitMost ? wait : s.ThrottleWaitMost;
    }

    private static Verdict.Done Ended(FetchOutcome outcome) => new(StatusRule.Class(outcome), StatusRule.Error(outcome));
}
