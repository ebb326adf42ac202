using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// How one domain is being asked: an immutable state that only <see cref="PaceRule"/> changes. The phase needs no field of its own:
/// <list type="bullet">
/// <item>no <see cref="Refused"/>: climbing (P-5, P-9+);</item>
/// <item>delay longer than <see cref="Held"/>: raised or just started, five good answers lead to held;</item>
/// <item>delay equal to held and a refused one known: standing, until a probe is due;</item>
/// <item>delay shorter than held and a refused one known: probing (P-11+).</item>
/// </list>
/// </summary>
public sealed record Pace
{
    /// <summary>Own delay from start to start, without robots' Crawl-delay and without jitter.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Most requests in flight that this delay is worth, at least 1 (P-3).</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Good answers in a row at this delay.</summary>
    public int Streak { get; init; }

    /// <summary>Since when this delay has been in force.</summary>
    public DateTimeOffset DelaySince { get; init; }

    /// <summary>When a refusal last lengthened the delay; answers to requests that left by then are stale. Null when none did.</summary>
    public DateTimeOffset? RaisedAt { get; init; }

    /// <summary>False from a raise to the first good answer to a request that left after it.</summary>
    public bool GoodSinceRaise { get; init; } = true;

    /// <summary>The delay to come back to: one that stood its time or, after a refusal at no longer one, what that refusal proved.</summary>
    public TimeSpan? Held { get; init; }

    /// <summary>The delay at which the site last refused; null when none is known, and then the climb goes on.</summary>
    public TimeSpan? Refused { get; init; }

    /// <summary>How long a delay must stand before the next probe.</summary>
    public TimeSpan ProbeWait { get; init; }

    /// <summary>Ask nothing before this instant; an instant that has passed means nothing.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>Why, in words.</summary>
    public string? BlockReason { get; init; }

    /// <summary>The last block that no Retry-After set; null after a good answer.</summary>
    public TimeSpan? BlockStep { get; init; }

    /// <summary>When that block began; refusals of requests that left by then do not double it.</summary>
    public DateTimeOffset? RestedAt { get; init; }

    /// <summary>When the site last answered well.</summary>
    public DateTimeOffset? LastGoodAt { get; init; }

    /// <summary>Since when it was asked and never answered well; null while it does (P-13+).</summary>
    public DateTimeOffset? BarrenSince { get; init; }

    /// <summary>When it was last answered otherwise than well; null after a good answer, and after a start, when nobody knows.</summary>
    public DateTimeOffset? LastInVainAt { get; init; }

    /// <summary>The delay that last stood its whole wait; null when none did since the start.</summary>
    public TimeSpan? Stood { get; init; }

    /// <summary>What the site let through since the last refusal.</summary>
    public AnsweredRate Answered { get; init; } = AnsweredRate.Empty;

    /// <summary>How the last five minutes went (P-15+).</summary>
    public FailureWindow Failures { get; init; } = FailureWindow.Empty;

    /// <summary>A shorter delay than the held one is being tried although the site once refused there.</summary>
    public bool Probing => Refused is not null && Delay < Held;

    /// <summary>
    /// The pace of a domain that is taken up again, never faster than what is remembered: the warm-up if it was never crawled (P-1), else
    /// the longest of learned, held and floor (P-2, P-11+, P-16+).
    /// </summary>
    public static Pace Recover(DomainMemory memory, PaceSettings s, DateTimeOffset now)
    {
        var learned = memory.Delay ?? s.WarmUp;
        var pace = new Pace
        {
            Held = memory.Held,
            Refused = memory.Refused,
            ProbeWait = PaceRule.Between(memory.ProbeWait, s.HoldFor, s.ProbeWaitMost),
            BlockedUntil = memory.BlockedUntil,
            BlockReason = memory.BlockReason,
            BlockStep = memory.BlockStep,
            GoodSinceRaise = memory.BlockStep is null,
            LastGoodAt = memory.LastGoodAt,
            BarrenSince = memory.BarrenSince,
        };
        return PaceRule.Starting(PaceRule.At(pace, learned, now, s), s);
    }

    /// <summary>What must be durable; name, last start and wakefulness are kept from <paramref name="before"/>.</summary>
    public DomainMemory Remember(DomainMemory before) => before with
    {
        Delay = Delay,
        Held = Held,
        Refused = Refused,
        ProbeWait = ProbeWait,
        BlockedUntil = BlockedUntil,
        BlockReason = BlockReason,
        BlockStep = BlockStep,
        LastGoodAt = LastGoodAt,
        BarrenSince = BarrenSince,
    };
}
