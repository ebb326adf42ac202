using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Crawl;

/// <summary>The constants of asking a URL again, with the defaults of SEEDS P-6 and P-7.</summary>
public sealed record RetrySettings
{
    public static RetrySettings Default { get; } = new();

    /// <summary>How often a throttled URL is asked again, counting only refusals that are charged to it. More: fewer URLs end as refused (P-6, P-13+).</summary>
    public int ThrottleRetries { get; init; } = 8;

    /// <summary>The first wait after a refusal; it doubles with every charged one (P-6).</summary>
    public TimeSpan ThrottleWaitFirst { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The doubling ends here (P-6).</summary>
    public TimeSpan ThrottleWaitMost { get; init; } = TimeSpan.FromMilliseconds(12_800);

    /// <summary>True charges a refusal to its URL also where the host refuses everyone, as it was before (P-8): a site's bad minute then ends its URLs.</summary>
    public bool ChargesEveryRefusal { get; init; }

    /// <summary>How often a URL is asked again after a transient error (P-7).</summary>
    public int ErrorRetries { get; init; } = 5;

    /// <summary>The n-th retry after an error waits n times this: 1 to 5 s (P-7).</summary>
    public TimeSpan ErrorWaitStep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Different URLs refused in a row (403 and the like) after which one that was good is asked again. More: a site that blocks us is asked longer (P-14+).</summary>
    public int RefusedInARow { get; init; } = 3;

    /// <summary>The same for challenge pages, which need not be of different URLs (P-14+).</summary>
    public int ChallengesInARow { get; init; } = 2;

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(RetrySettings s)
    {
        var checks = new SettingChecks("Retry");
        checks.Between(nameof(ThrottleRetries), s.ThrottleRetries, 0, 30);
        checks.Between(nameof(ThrottleWaitFirst), s.ThrottleWaitFirst, TimeSpan.FromMilliseconds(1), s.ThrottleWaitMost, mostBy: nameof(ThrottleWaitMost));
        checks.Between(nameof(ThrottleWaitMost), s.ThrottleWaitMost, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        checks.Between(nameof(ErrorRetries), s.ErrorRetries, 0, 30);
        checks.Between(nameof(ErrorWaitStep), s.ErrorWaitStep, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        checks.Between(nameof(RefusedInARow), s.RefusedInARow, 1, 1_000);
        checks.Between(nameof(ChallengesInARow), s.ChallengesInARow, 1, 1_000);
        return checks.Problems;
    }
}
