namespace Amble.Behaviours.Crawl;

/// <summary>
/// The pace of one domain, in words:
/// <para>A refusal (429, 503) lengthens the delay by a step, up to the cap (P-4). Answers to requests that left before the last raise are
/// stale: they never raise again. A refusal with no good answer since the raise does not raise either: the domain rests, for its
/// Retry-After or 8 s doubling to 60 s (P-10+). A Retry-After always rests the whole domain exactly that long (P-12+).</para>
/// <para>Five good answers in a row shorten the delay: in one step to the held delay while it is longer than that; else, while no refused
/// delay is known, by a step down to 500 ms (P-5) and from there to one more request in flight, down to the fastest (P-9+).</para>
/// <para>What a refusal proves, when a delay is held and when a shorter one is tried stands in <see cref="SettleRule"/> (P-11+).</para>
/// <para>Where nothing is to be settled, <see cref="StepRule"/> speaks in their place (P-8).</para>
/// <para>An error never shortens: it ends the streak, and five minutes of mostly errors rest the domain (P-15+).</para>
/// </summary>
public static class PaceRule
{
    /// <summary>The pace after one answer that came now.</summary>
    public static Pace After(Pace pace, Answer answer, DateTimeOffset now, PaceSettings s)
    {
        var seen = pace with
        {
            Failures = pace.Failures.Add(answer.Kind == AnswerKind.Error, now, s.FailureWindow),
            BarrenSince = answer.Kind == AnswerKind.Good ? null : pace.BarrenSince ?? now,
            LastInVainAt = answer.Kind == AnswerKind.Good ? null : now,
        };
        return answer.Kind switch
        {
            AnswerKind.Good when !s.Settles => StepRule.AfterGood(seen, now, s),
            AnswerKind.Throttled when !s.Settles => StepRule.AfterRefusal(seen, answer, now, s),
            AnswerKind.Good => AfterGood(seen, answer, now, s),
            AnswerKind.Throttled => AfterRefusal(seen, answer, now, s),
            AnswerKind.Error => AfterError(seen, now, s),
            _ => seen,
        };
    }

    /// <summary>
    /// A job begins on a domain that is awake: it too begins no faster than the longest of delay, held and floor, and with a clean slate
    /// as to giving up (P-2, P-13+). Not for a job that is merely resumed.
    /// </summary>
    public static Pace AtJobStart(Pace pace, PaceSettings s) => Starting(pace, s) with { BarrenSince = null };

    /// <summary>Nothing is left to ask here: the time without a good answer does not run on while nobody asks (P-13+).</summary>
    public static Pace AtRest(Pace pace) => pace.BarrenSince is null ? pace : pace with { BarrenSince = null };

    /// <summary>
    /// From start to start: the longer of own delay and robots' Crawl-delay, lengthened by chance (P-18+). A gap below the whole steps is
    /// lengthened by a fifth to three fifths of the jitter: by so much at least that a network which is uneven by a millisecond brings no
    /// request too early, and by no more, as nothing is given back for what is added where a site counts every gap. For the same reason
    /// what the last start was late is chance, too, and that much less is added after it.
    /// </summary>
    /// <param name="roll">0 to 1: how much of the jitter is added.</param>
    /// <param name="late">By how much the last request left later than it might have, for whatever reason.</param>
    public static TimeSpan Spacing(Pace pace, TimeSpan? crawlDelay, double roll, TimeSpan late, PaceSettings s)
    {
        var delay = crawlDelay > pace.Delay ? crawlDelay.Value : pace.Delay;
        var (least, most) = delay < s.StepsDownTo ? (0.2, 0.6) : (0, 1);
        var added = delay * (s.JitterShare * (least + (most - least) * Math.Clamp(roll, 0, 1)));
        return delay + Longest(delay * (s.JitterShare * least), added - late);
    }

    /// <summary>
    /// True when a domain recovered from <paramref name="after"/> would be more careful than one recovered from <paramref name="before"/>:
    /// then it must be durable before it is acted upon, or a crash would forget it (P-16+).
    /// </summary>
    public static bool MustPersist(Pace before, Pace after) =>
        Longest(after.Delay, after.Held ?? TimeSpan.Zero) > Longest(before.Delay, before.Held ?? TimeSpan.Zero)
        || after.Refused is not null && before.Refused is null
        || after.ProbeWait > before.ProbeWait
        || after.BlockStep > (before.BlockStep ?? TimeSpan.Zero)
        || after.BlockedUntil is { } until && !(until <= before.BlockedUntil);

    /// <summary>Slots = ceil(estimate / delay), at least 1 (P-3).</summary>
    public static int Slots(TimeSpan delay, PaceSettings s) =>
        delay <= TimeSpan.Zero ? int.MaxValue : (int)Math.Clamp(CeilingOf(s.Estimate.Ticks, delay.Ticks), 1, int.MaxValue);

    internal static Pace At(Pace pace, TimeSpan delay, DateTimeOffset now, PaceSettings s) =>
        pace with { Delay = delay, Slots = Slots(delay, s), Streak = 0, DelaySince = now };

    internal static Pace Starting(Pace pace, PaceSettings s)
    {
        var delay = Between(Longest(Longest(pace.Delay, pace.Held ?? TimeSpan.Zero), s.Floor), s.Least, s.Cap);
        return pace with { Delay = delay, Slots = Slots(delay, s), Streak = 0 };
    }

    internal static TimeSpan Between(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;

    internal static TimeSpan Longest(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static bool IsStale(Pace pace, Answer answer) => answer.StartedAt <= pace.RaisedAt;

    private static Pace AfterGood(Pace pace, Answer answer, DateTimeOffset now, PaceSettings s)
    {
        var good = pace with { LastGoodAt = now, Answered = pace.Answered.Add(answer.StartedAt) };
        if (IsStale(pace, answer)) return good;
        good = good with { GoodSinceRaise = true, BlockStep = null, Streak = good.Streak + 1 };
        if (good.Streak < s.GoodInARow) return good;
        if (good.Delay > good.Held) return At(good, good.Held.Value, now, s);
        return SettleRule.Stood(good, now, s) ?? Climbed(good, now, s);
    }

    private static Pace Climbed(Pace pace, DateTimeOffset now, PaceSettings s)
    {
        if (pace.Refused is not null) return pace;
        var stood = now - pace.DelaySince >= s.HoldFor ? pace with { Held = pace.Delay, Stood = pace.Delay } : pace;
        if (pace.Delay <= s.Fastest) return stood;
        var next = pace.Delay > s.StepsDownTo ? Longest(pace.Delay - s.Step, s.StepsDownTo) : OneSlotMore(pace.Delay, s);
        return At(stood, Longest(next, s.Fastest), now, s);
    }

    // Rounded up to the tick, so that the slots of the new delay are exactly one more and not two.
    private static TimeSpan OneSlotMore(TimeSpan delay, PaceSettings s) => new(CeilingOf(s.Estimate.Ticks, Slots(delay, s) + 1L));

    private static Pace AfterRefusal(Pace pace, Answer answer, DateTimeOffset now, PaceSettings s)
    {
        var asked = answer.RetryAfter is { } told && told > TimeSpan.Zero ? answer.RetryAfter : null;
        if (IsStale(pace, answer)) return asked is null ? pace : Blocked(pace, asked.Value, now, Told);
        var refused = pace with { Streak = 0 };
        if (pace.GoodSinceRaise) refused = SettleRule.Raised(refused, answer, now, s);
        else if (asked is null) return Rested(refused, answer, now, s);
        return asked is null ? refused : Blocked(refused, asked.Value, now, Told);
    }

    // Several requests may have left between the raise and the rest: they were refused once, not several times.
    private static Pace Rested(Pace pace, Answer answer, DateTimeOffset now, PaceSettings s)
    {
        if (answer.StartedAt <= pace.RestedAt) return pace;
        var step = Between(pace.BlockStep * 2 ?? s.BlockFirst, s.BlockFirst, s.BlockMost);
        return Blocked(pace with { BlockStep = step, RestedAt = now }, step, now, "the site refuses every request");
    }

    private static Pace AfterError(Pace pace, DateTimeOffset now, PaceSettings s)
    {
        var failed = pace with { Streak = 0 };
        return pace.Failures.MostFailed(now, s.FailureWindow, s.FailureLeast)
            ? Blocked(failed with { Failures = FailureWindow.Empty }, s.FailurePause, now, "most requests of the last minutes failed")
            : failed;
    }

    internal const string Told = "the site asked for it (Retry-After)";

    // The longer of two blocks wins: neither may end the other early.
    internal static Pace Blocked(Pace pace, TimeSpan rest, DateTimeOffset now, string reason)
    {
        var until = rest > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + rest;
        return until <= pace.BlockedUntil ? pace : pace with { BlockedUntil = until, BlockReason = reason };
    }

    private static long CeilingOf(long dividend, long divisor) => (dividend + divisor - 1) / divisor;
}
