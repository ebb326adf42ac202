namespace Amble.Behaviours.Crawl;

/// <summary>
/// The policy before settling, which the load test of the incident is run against (P-8), in words:
/// <para>Every refusal lengthens the delay by a step, up to the cap. Five good answers in a row take a step off, until no delay is left; there
/// only the job's concurrency bounds what is in flight. Nothing is learned from where the site refused.</para>
/// <para>A Retry-After rests the domain as it does by <see cref="PaceRule"/>: nobody is to be asked against their word, for a measurement neither.</para>
/// </summary>
internal static class StepRule
{
    public static Pace AfterGood(Pace pace, DateTimeOffset now, PaceSettings s)
    {
        var good = pace with { LastGoodAt = now, Streak = pace.Streak + 1 };
        return good.Streak < s.GoodInARow ? good : PaceRule.At(good, PaceRule.Longest(good.Delay - s.Step, s.Least), now, s);
    }

    public static Pace AfterRefusal(Pace pace, Answer answer, DateTimeOffset now, PaceSettings s)
    {
        var raised = PaceRule.At(pace, PaceRule.Between(pace.Delay + s.Step, s.Least, s.Cap), now, s);
        return answer.RetryAfter is { } told && told > TimeSpan.Zero ? PaceRule.Blocked(raised, told, now, PaceRule.Told) : raised;
    }
}
