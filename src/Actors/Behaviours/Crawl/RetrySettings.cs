using System.Globalization;

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

    /// <summary>How often a URL is asked again after a transient error (P-7).</summary>
    public int ErrorRetries { get; init; } = 5;

    /// <summary>The n-th retry after an error waits n times this: 1 to 5 s (P-7).</summary>
    public TimeSpan ErrorWaitStep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(RetrySettings s)
    {
        var found = new List<SettingProblem>();
        Count(nameof(ThrottleRetries), s.ThrottleRetries);
        Span(nameof(ThrottleWaitFirst), s.ThrottleWaitFirst, s.ThrottleWaitMost);
        Span(nameof(ThrottleWaitMost), s.ThrottleWaitMost, TimeSpan.FromHours(1));
        Count(nameof(ErrorRetries), s.ErrorRetries);
        Span(nameof(ErrorWaitStep), s.ErrorWaitStep, TimeSpan.FromHours(1));
        return found;

        void Count(string name, int value)
        {
            if (value is < 0 or > 30) found.Add(new SettingProblem("Retry:" + name, value.ToString(CultureInfo.InvariantCulture), "0 to 30"));
        }

        void Span(string name, TimeSpan value, TimeSpan most)
        {
            if (value < TimeSpan.FromMilliseconds(1) || value > most)
                found.Add(new SettingProblem("Retry:" + name, value.ToString("c"), $"00:00:00.0010000 to {most:c}"));
        }
    }
}
