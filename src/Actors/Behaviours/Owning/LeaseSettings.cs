using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Owning;

/// <summary>How long a node may ask without being heard of.</summary>
/// <param name="RenewEvery">Shorter: more writes, more tries before a lease runs out.</param>
/// <param name="Lasts">Longer: a node outlives longer troubles of the database, and the domains of a dead one wait longer (S-5).</param>
/// <param name="Margin">
/// How much earlier than that the node itself stops: for two clocks of unequal rate, and for the moment between the last look and the write.
/// </param>
public sealed record LeaseSettings(TimeSpan RenewEvery, TimeSpan Lasts, TimeSpan Margin)
{
    public static LeaseSettings Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(250));

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(LeaseSettings s)
    {
        var checks = new SettingChecks("Lease");
        checks.Between(nameof(Lasts), s.Lasts, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60));
        checks.Between(nameof(RenewEvery), s.RenewEvery, TimeSpan.FromMilliseconds(10), s.Lasts / 2, mostBy: $"half of {nameof(Lasts)}");
        checks.Between(nameof(Margin), s.Margin, s.Lasts / 100, s.Lasts / 4, $"a hundredth of {nameof(Lasts)}", $"a quarter of {nameof(Lasts)}");
        return checks.Problems;
    }
}
