namespace Amble.Behaviours.Crawl;

/// <summary>
/// Settling close to what a site allows (P-11+), in words:
/// <para>A refusal names the delay in force <i>refused</i> and raises it by a step. The delay to come back to is the held one if that is
/// longer than the refused one; else the longer of 1.05 × refused and 1 / (1.05 × answered rate), never beyond the raised delay.</para>
/// <para>A delay that stood its wait is held, and one probe follows: the geometric mean of held and refused or, once they are within 5 %,
/// refused / 1.05. A probe that stands 60 s is held, forgets refused and resets the wait, and the climb goes on; a refused probe doubles
/// the wait, 60 to 960 s.</para>
/// </summary>
internal static class SettleRule
{
    public static Pace Raised(Pace pace, Answer answer, DateTimeOffset now, PaceSettings s)
    {
        var refused = pace.Delay;
        var raised = PaceRule.Between(refused + s.Step, s.Fastest, s.Cap);
        return PaceRule.At(pace, raised, now, s) with
        {
            RaisedAt = now,
            GoodSinceRaise = false,
            Refused = refused,
            Held = pace.Held > refused ? pace.Held : Proved(refused, raised, pace.Answered.At(answer.StartedAt), s),
            ProbeWait = pace.Probing ? PaceRule.Between(pace.ProbeWait * 2, s.HoldFor, s.ProbeWaitMost) : pace.ProbeWait,
            Answered = AnsweredRate.From(answer.StartedAt),
        };
    }

    /// <summary>What follows when the delay has stood its time; null when it has not.</summary>
    public static Pace? Stood(Pace pace, DateTimeOffset now, PaceSettings s)
    {
        var stood = now - pace.DelaySince;
        if (pace.Refused is not { } refused)
            return stood >= s.HoldFor && pace.Held != pace.Delay && pace.Delay <= s.Fastest ? pace with { Held = pace.Delay } : null;
        if (pace.Probing)
            return stood >= s.HoldFor ? pace with { Held = pace.Delay, Refused = null, ProbeWait = s.HoldFor } : null;
        return stood >= pace.ProbeWait ? PaceRule.At(pace with { Held = pace.Delay }, Probe(pace.Delay, refused, s), now, s) : null;
    }

    private static TimeSpan Proved(TimeSpan refused, TimeSpan raised, double rate, PaceSettings s)
    {
        var byRate = rate > 0 ? 1 / (s.Closeness * rate) : double.PositiveInfinity;
        var seconds = Math.Max(refused.TotalSeconds * s.Closeness, byRate);
        return seconds < raised.TotalSeconds ? TimeSpan.FromSeconds(seconds) : raised;
    }

    private static TimeSpan Probe(TimeSpan held, TimeSpan refused, PaceSettings s)
    {
        var probe = held > refused * s.Closeness
            ? TimeSpan.FromSeconds(Math.Sqrt(held.TotalSeconds * refused.TotalSeconds))
            : refused / s.Closeness;
        return PaceRule.Longest(probe, s.Fastest, TimeSpan.Zero);
    }
}
