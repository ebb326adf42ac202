using Amble.Behaviours.Crawl;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>What holds after any history: random answers, gaps, stale ones and Retry-Afters.</summary>
public sealed class PacePropertySpecs
{
    private static readonly PaceSettings S = PaceSettings.Default;
    private static readonly Arbitrary<int[]> Histories = Gen.Choose(0, int.MaxValue - 1).ArrayOf(120).ToArbitrary();

    private sealed record Step(Pace Before, Answer Answer, Pace After, DateTimeOffset Now);

    [Fact, Trait("Seeds", "P-4"), Trait("Seeds", "P-9+")]
    public void The_delay_stays_between_50_ms_and_60_s_and_the_slots_follow_it() => Always(step =>
        step.After.Delay >= S.Fastest && step.After.Delay <= S.Cap && step.After.Slots == PaceRule.Slots(step.After.Delay, S)
        && (step.After.Held is not { } held || held >= S.Fastest && held <= S.Cap));

    [Fact, Trait("Seeds", "P-15+")]
    public void Only_a_good_answer_shortens() => Always(step => step.Answer.Kind == AnswerKind.Good || step.After.Delay >= step.Before.Delay);

    [Fact, Trait("Seeds", "P-15+")]
    public void An_error_or_a_neutral_answer_never_changes_the_delay() => Always(step =>
        step.Answer.Kind is AnswerKind.Good or AnswerKind.Throttled || step.After.Delay == step.Before.Delay);

    [Fact, Trait("Seeds", "P-10+")]
    public void A_stale_answer_changes_no_delay() => Always(step =>
        !(step.Answer.StartedAt <= step.Before.RaisedAt) || step.After.Delay == step.Before.Delay);

    [Fact, Trait("Seeds", "P-12+")]
    public void A_block_never_ends_earlier_than_it_was_told() => Always(step =>
        step.Before.BlockedUntil is not { } until || step.After.BlockedUntil >= until);

    [Fact, Trait("Seeds", "P-11+")]
    public void The_wait_before_a_probe_stays_within_its_bounds() => Always(step =>
        step.After.ProbeWait >= S.HoldAgainFor && step.After.ProbeWait <= S.ProbeWaitMost);

    [Fact, Trait("Seeds", "P-16+")]
    public void A_domain_recovered_at_any_moment_asks_no_earlier() => Always(step =>
        IsNoFaster(Pace.Recover(step.After.Remember(Answers.Blank), S, step.Now), step.After));

    [Fact, Trait("Seeds", "P-16+")]
    public void Persisting_only_what_must_be_is_enough_to_ask_no_earlier_after_a_crash() =>
        Prop.ForAll(Histories, history =>
        {
            var durable = Answers.Blank;
            return Play(history).All(step =>
            {
                if (durable == Answers.Blank || PaceRule.MustPersist(step.Before, step.After)) durable = step.After.Remember(durable);
                return IsNoFaster(Pace.Recover(durable, S, step.Now), step.After);
            });
        }).QuickCheckThrowOnFailure();

    [Fact, Trait("Seeds", "P-2")]
    public void A_job_that_begins_never_makes_the_domain_faster() => Always(step =>
        PaceRule.AtJobStart(step.After, S) is var begun && begun.Delay >= step.After.Delay && begun.Delay >= S.Floor && begun.BlockedUntil == step.After.BlockedUntil);

    [Fact, Trait("Seeds", "P-18+")]
    public void Spacing_is_never_shorter_than_delay_and_Crawl_delay() =>
        Prop.ForAll(Histories, history =>
        {
            var pace = Play(history).Last().After;
            var crawlDelay = TimeSpan.FromMilliseconds(history[0] % 20_000);
            var roll = history[1] / (double)int.MaxValue;
            var late = TimeSpan.FromMilliseconds(history[^1] % 100);
            var longer = pace.Delay > crawlDelay ? pace.Delay : crawlDelay;
            var spacing = PaceRule.Spacing(pace, crawlDelay, roll, late, S);
            return spacing >= longer && spacing <= longer * 1.1001;
        }).QuickCheckThrowOnFailure();

    private static bool IsNoFaster(Pace recovered, Pace live) =>
        recovered.Delay >= live.Delay && recovered.Slots <= live.Slots && (live.BlockedUntil is not { } until || recovered.BlockedUntil >= until);

    private static void Always(Func<Step, bool> holds) =>
        Prop.ForAll(Histories, history => Play(history).All(holds)).QuickCheckThrowOnFailure();

    // Each number is one answer: its kind (mostly good, as on a real site), the gap before it, how long it took, a Retry-After.
    private static IEnumerable<Step> Play(int[] history)
    {
        var now = Answers.Epoch;
        var pace = Pace.Recover(Answers.Blank, S, now);
        foreach (var number in history)
        {
            var kind = (number % 16) switch { < 11 => AnswerKind.Good, < 14 => AnswerKind.Throttled, 14 => AnswerKind.Error, _ => AnswerKind.Neutral };
            now += TimeSpan.FromMilliseconds(number / 16 % 7 == 0 ? number / 112 % 200_000 : number / 112 % 3000);
            var took = TimeSpan.FromMilliseconds(number / 1000 % 5 == 0 ? number / 5000 % 30_000 : number / 5000 % 200);
            var retryAfter = number / 777 % 6 == 0 ? TimeSpan.FromSeconds(number / 4662 % 400) : (TimeSpan?)null;
            var answer = new Answer(kind, now - took, kind == AnswerKind.Throttled ? retryAfter : null);
            var after = PaceRule.After(pace, answer, now, S);
            yield return new Step(pace, answer, after, now);
            pace = after;
        }
    }
}
