using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Retention;

/// <summary>How long what was crawled is kept, and how gently it goes (SEEDS R).</summary>
/// <param name="Details">Age at which a visit's headers, phases and outlinks expire. Longer: a page need not be sent again for longer, and far more disk.</param>
/// <param name="Visits">Age at which visits and requests expire; the report of their job stays. Longer: more disk.</param>
/// <param name="Hits">Age at which lines of the access log expire; daily totals stay. Longer: more disk.</param>
/// <param name="Period">What is deleted at once (R-8+). Longer: bytes stay up to that much longer than they must, in fewer and larger pieces.</param>
/// <param name="Slice">How long one slice should hold the writer. Longer: the purge is done earlier, and other writes wait longer.</param>
/// <param name="FirstSliceRows">Rows of the first slice; from then on as many as fit the time.</param>
/// <param name="Pause">Between two slices, so that others come in between.</param>
/// <param name="LookEvery">How often it is looked for what has expired, when nothing is left to do.</param>
/// <param name="DiskCapPercent">How full the disk may be (R-9+); beyond that details go early, then the oldest periods. 100: never.</param>
public sealed record RetentionSettings(
    TimeSpan Details, TimeSpan Visits, TimeSpan Hits, TimeSpan Period, TimeSpan Slice, int FirstSliceRows, TimeSpan Pause, TimeSpan LookEvery, int DiskCapPercent)
{
    public static RetentionSettings Default { get; } = new(
        TimeSpan.FromHours(60), TimeSpan.FromHours(120), TimeSpan.FromDays(30), TimeSpan.FromHours(12), TimeSpan.FromMilliseconds(20), 500,
        TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(30), 75);

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(RetentionSettings s)
    {
        var checks = new SettingChecks("Retention");
        checks.Between(nameof(Visits), s.Visits, TimeSpan.FromHours(1), TimeSpan.FromDays(3_650));
        checks.Between(nameof(Details), s.Details, TimeSpan.FromHours(1), s.Visits, mostBy: nameof(Visits));
        checks.Between(nameof(Hits), s.Hits, TimeSpan.FromDays(1), TimeSpan.FromDays(3_650));
        checks.Between(nameof(Period), s.Period, TimeSpan.FromHours(1), TimeSpan.FromHours(24));
        checks.Between(nameof(Slice), s.Slice, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        checks.Between(nameof(FirstSliceRows), s.FirstSliceRows, 1, 50_000);
        checks.Between(nameof(Pause), s.Pause, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(60));
        checks.Between(nameof(LookEvery), s.LookEvery, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        checks.Between(nameof(DiskCapPercent), s.DiskCapPercent, 10, 100);
        return checks.Problems;
    }
}
