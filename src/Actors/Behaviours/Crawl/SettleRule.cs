namespace Amble.Behaviours.Crawl;

/// <summary>
/// Settling close to what a site allows (P-11+), in words:
/// <para>A refusal names the delay in force <i>refused</i> and raises it by a step, and to the held delay at least. The delay to come back to
/// is the held one if that is longer than the refused one; else the longer of 1.05 × refused and 1 / (1.05 × answered rate), never beyond
/// the raised delay.</para>
/// <para>A delay that had stood its wait has proved more than the seconds since the refusal before, in which the site was asked slowly, so that
/// little was answered: refused there, or within 5 % of it, the delay to come back to is 1.05 × refused. Refused beyond that, the answered rate
/// counts again.</para>
/// <para>A delay that stood its wait is held, and one probe follows: the geometric mean of held and refused or, once they are within 5 %,
/// refused / 1.05. A probe has to stand the same wait, because a large bucket hides a small excess for minutes; then it is held, refused
/// is forgotten, the wait is 60 s again, and the climb goes on. A refused probe doubles the wait, 60 to 960 s.</para>
/// <para>A held delay that a refused climb comes back to has stood before: it waits 15 s only.</para>
/// </summary>
internal static class SettleRule
{
    /// <summary>After a refusal that raises.</summary>
    public static Pace Raised(Pace pace, Answer answer, DateTimeOffset now, PaceSettings s)
    {
        var refused = pace.Delay;
        // Held may be far above a climb's delay: a step alone would meet one refusal after the other on the way back to it.
        var raised = PaceRule.Between(PaceRule.Longest(refused + s.Step, pace.Held ?? TimeSpan.Zero), s.Fastest, s.Cap);
        return PaceRule.At(pace, raised, now, s) with
        {
            RaisedAt = now,
            GoodSinceRaise = false,
            Refused = refused,
            Held = pace.Held > refused ? pace.Held : Proved(pace, raised, answer, s),
            ProbeWait = NextWait(pace, s),
            Answered = AnsweredRate.From(answer.StartedAt),
        };
    }

    /// <summary>What follows when the delay has stood its wait; null when it has not.</summary>
    public static Pace? Stood(Pace pace, DateTimeOffset now, PaceSettings s)
    {
        if (pace.Refused is not { } refused || now - pace.DelaySince < pace.ProbeWait) return null;
        var held = pace with { Held = pace.Delay, Stood = pace.Delay };
        return pace.Probing ? held with { Refused = null, ProbeWait = s.HoldFor } : PaceRule.At(held, Probe(pace.Delay, refused, s), now, s);
    }

    private static TimeSpan NextWait(Pace pace, PaceSettings s)
    {
        if (pace.Probing) return PaceRule.Between(pace.ProbeWait * 2, s.HoldFor, s.ProbeWaitMost);
        return pace.Refused is null && pace.Held > pace.Delay ? s.HoldAgainFor : pace.ProbeWait;
    }

    private static TimeSpan Proved(Pace pace, TimeSpan raised, Answer answer, PaceSettings s)
    {
        var closer = pace.Delay * s.Closeness;
        // Not at a delay that stood, nor at one that a single refusal there led to.
        if (!(pace.Delay <= pace.Stood * s.Closeness))
        {
            var rate = pace.Answered.At(answer.StartedAt);
            if (rate <= 0) return raised;
            closer = PaceRule.Longest(closer, TimeSpan.FromSeconds(1 / (s.Closeness * rate)));
        }
        return closer < raised ? closer : raised;
    }

    private static TimeSpan Probe(TimeSpan held, TimeSpan refused, PaceSettings s) => PaceRule.Longest(s.Fastest, held > refused * s.Closeness
        ? TimeSpan.FromSeconds(Math.Sqrt(held.TotalSeconds * refused.TotalSeconds))
        : refused / s.Closeness);
}
