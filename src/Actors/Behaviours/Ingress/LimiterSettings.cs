using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Ingress;

/// <summary>How many pages one client may look at.</summary>
public sealed record LimiterSettings
{
    public static LimiterSettings Default { get; } = new();

    /// <summary>Pages at once, before it is slowed down to <see cref="PerSecond"/>. Fewer: a reader who opens many tabs is refused.</summary>
    public int Burst { get; init; } = 60;

    /// <summary>Pages a second from there on. 0: nobody is limited.</summary>
    public double PerSecond { get; init; } = 1;

    /// <summary>Clients that are remembered. Fewer: among many at once, some are let in too early.</summary>
    public int Clients { get; init; } = 65_536;

    /// <summary>Addresses of proxies in front, commas between; null where there is none.</summary>
    public string? TrustedProxies { get; init; }

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(LimiterSettings s)
    {
        var checks = new SettingChecks("Limiter");
        checks.Between(nameof(Burst), s.Burst, 1, 1_000_000);
        checks.Between(nameof(PerSecond), s.PerSecond, 0, 1_000_000);
        checks.Between(nameof(Clients), s.Clients, 1, 10_000_000);
        checks.Text(nameof(TrustedProxies), s.TrustedProxies, ClientRule.TryReadProxies(s.TrustedProxies, out _), "IP addresses with commas between, or nothing");
        return checks.Problems;
    }
}
