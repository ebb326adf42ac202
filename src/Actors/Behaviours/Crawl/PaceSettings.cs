using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Crawl;

/// <summary>The constants of a domain's pace, with the defaults of SEEDS section P.</summary>
public sealed record PaceSettings
{
    public static PaceSettings Default { get; } = new();

    /// <summary>Delay of a domain never crawled. Longer: gentler and slower first minutes. Zero means "learned 0", so <see cref="Floor"/> (P-1, P-2).</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMilliseconds(2000);

    /// <summary>No job begins with a shorter delay, whatever was learned. Zero begins with what was learned as it is (P-2).</summary>
    public TimeSpan Floor { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What a refusal adds to the delay, and what good answers take off while it is longer than <see cref="StepsDownTo"/> (P-4, P-5).</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>No whole step leads below this; from here each shortening is worth one more request in flight (P-5, P-9+).</summary>
    public TimeSpan StepsDownTo { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The delay never grows beyond this. Longer: a very strict site is refused less often (P-4).</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The delay never shrinks below this: 50 ms is twenty requests a second at most (P-9+).</summary>
    public TimeSpan Fastest { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an answer is expected to take: slots = ceil(estimate / delay). Longer: more requests in flight (P-3).</summary>
    public TimeSpan Estimate { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Good answers in a row that shorten the delay once. More: slower climb (P-5).</summary>
    public int GoodInARow { get; init; } = 5;

    /// <summary>How much a site's measured limit is trusted: what is aimed at, and how close two delays count as one. 1.05 is five percent (P-11+).</summary>
    public double Closeness { get; init; } = 1.05;

    /// <summary>A delay without a refusal for this long has stood; also the first wait before a probe. Shorter: more probes, more refusals (P-11+).</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same for a held delay that a refused climb came back to: it has stood before. Shorter: settles sooner, for more refusals (P-11+).</summary>
    public TimeSpan HoldAgainFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Refused probes double the wait up to this. Longer: a site that became more generous is noticed later (P-11+).</summary>
    public TimeSpan ProbeWaitMost { get; init; } = TimeSpan.FromSeconds(960);

    /// <summary>How long the domain rests after a repeated refusal without Retry-After (P-10+).</summary>
    public TimeSpan BlockFirst { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>That rest doubles up to this (P-10+).</summary>
    public TimeSpan BlockMost { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// False is the policy before settling, kept to be measured against (P-8): every refusal adds a step, good answers take steps off until no
    /// delay is left, and there only the job's concurrency bounds what is in flight. Only a site's Retry-After rests the domain.
    /// </summary>
    public bool Settles { get; init; } = true;

    /// <summary>Most that chance adds to the gap between two starts, as a share of it. Zero: a steady beat (P-18+).</summary>
    public double JitterShare { get; init; } = 0.10;

    /// <summary>How long failures are counted together (P-15+).</summary>
    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Fewer requests than this in the window prove nothing (P-15+).</summary>
    public int FailureLeast { get; init; } = 10;

    /// <summary>How long the domain rests when over half of them failed (P-15+).</summary>
    public TimeSpan FailurePause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A rest told by the site that is longer than this parks the job (P-12+).</summary>
    public TimeSpan ParkBeyond { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A <c>crawl</c>'s domain without one good answer for this long ends its job as blocked. Longer: someone waits longer for that news (P-13+).</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The same in <c>serve</c>, where nobody waits in front of it (P-13+).</summary>
    public TimeSpan GiveUpAfterInServe { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What the delay never shrinks below, by whichever policy.</summary>
    public TimeSpan Least => Settles ? Fastest : TimeSpan.Zero;

    /// <summary>These constants as they hold in <c>serve</c>.</summary>
    public PaceSettings InServe() => this with { GiveUpAfter = GiveUpAfterInServe };

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(PaceSettings s)
    {
        var checks = new SettingChecks("Pace");
        checks.Between(nameof(WarmUp), s.WarmUp, TimeSpan.Zero, s.Cap, mostBy: nameof(Cap));
        checks.Between(nameof(Floor), s.Floor, TimeSpan.Zero, s.Cap, mostBy: nameof(Cap));
        checks.Between(nameof(Step), s.Step, Millisecond, Hour);
        checks.Between(nameof(StepsDownTo), s.StepsDownTo, Millisecond, s.Cap, mostBy: nameof(Cap));
        checks.Between(nameof(Cap), s.Cap, Millisecond, Hour);
        checks.Between(nameof(Fastest), s.Fastest, Millisecond, s.Cap, mostBy: nameof(Cap));
        checks.Between(nameof(Estimate), s.Estimate, Millisecond, Hour);
        checks.Between(nameof(GoodInARow), s.GoodInARow, 1, 1000);
        checks.Between(nameof(Closeness), s.Closeness, 1.001, 2);
        checks.Between(nameof(HoldFor), s.HoldFor, Second, Day);
        checks.Between(nameof(HoldAgainFor), s.HoldAgainFor, Second, s.HoldFor, mostBy: nameof(HoldFor));
        checks.Between(nameof(ProbeWaitMost), s.ProbeWaitMost, s.HoldFor, Day, leastBy: nameof(HoldFor));
        checks.Between(nameof(BlockFirst), s.BlockFirst, Millisecond, s.BlockMost, mostBy: nameof(BlockMost));
        checks.Between(nameof(BlockMost), s.BlockMost, Millisecond, Day);
        checks.Between(nameof(JitterShare), s.JitterShare, 0, 1);
        checks.Between(nameof(FailureWindow), s.FailureWindow, Second, Day);
        checks.Between(nameof(FailureLeast), s.FailureLeast, 1, 1_000_000);
        checks.Between(nameof(FailurePause), s.FailurePause, Millisecond, Day);
        checks.Between(nameof(ParkBeyond), s.ParkBeyond, Minute, Year);
        checks.Between(nameof(GiveUpAfter), s.GiveUpAfter, Minute, Year);
        checks.Between(nameof(GiveUpAfterInServe), s.GiveUpAfterInServe, Minute, Year);
        return checks.Problems;
    }

    private static TimeSpan Millisecond => TimeSpan.FromMilliseconds(1);
    private static TimeSpan Second => TimeSpan.FromSeconds(1);
    private static TimeSpan Minute => TimeSpan.FromMinutes(1);
    private static TimeSpan Hour => TimeSpan.FromHours(1);
    private static TimeSpan Day => TimeSpan.FromDays(1);
    private static TimeSpan Year => TimeSpan.FromDays(365);
}
