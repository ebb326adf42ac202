using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// Budgets that end endless sites (<see cref="TrapRule"/>); per job. Smaller ones end traps sooner and may cut honest pages; the defaults
/// leave a shop of 100,000 products alone. What is cut is listed in the result with its reason.
/// </summary>
public sealed record TrapSettings
{
    public static TrapSettings Default { get; } = new();

    /// <summary>Segments that a path may have.</summary>
    public int Segments { get; init; } = 30;

    /// <summary>Times that one segment, or one sequence of them, may stand in a row: /a/b/a/b is 2.</summary>
    public int RepeatsInRow { get; init; } = 2;

    /// <summary>Times that one segment may stand anywhere in a path; numbers are not counted.</summary>
    public int RepeatsInPath { get; init; } = 4;

    /// <summary>URLs of one path with one to three parameters: often each is an item of a catalogue.</summary>
    public long QueriesOfFew { get; init; } = 200_000;

    /// <summary>URLs of one path with four parameters or more: filters that combine.</summary>
    public long QueriesOfMany { get; init; } = 5_000;

    /// <summary>Dates under one prefix, as in /archive/2026/05/01 or ?date=2026-05-01: 10,000 days are 27 years.</summary>
    public long Dates { get; init; } = 10_000;

    /// <summary>URLs under one first segment of the path, whatever there is elsewhere.</summary>
    public long UnderPrefix { get; init; } = 200_000;

    /// <summary>Beyond <see cref="UnderPrefix"/>, a prefix may have this many times what the job has elsewhere.</summary>
    public int TimesElsewhere { get; init; } = 10;

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(TrapSettings s)
    {
        const long Most = 1_000_000_000;
        var checks = new SettingChecks("Traps");
        checks.Between(nameof(Segments), s.Segments, 1, 1_000);
        checks.Between(nameof(RepeatsInRow), s.RepeatsInRow, 1, 1_000);
        checks.Between(nameof(RepeatsInPath), s.RepeatsInPath, 1, 1_000);
        checks.Between(nameof(QueriesOfFew), s.QueriesOfFew, 1, Most);
        checks.Between(nameof(QueriesOfMany), s.QueriesOfMany, 1, Most);
        checks.Between(nameof(Dates), s.Dates, 1, Most);
        checks.Between(nameof(UnderPrefix), s.UnderPrefix, 1, Most);
        checks.Between(nameof(TimesElsewhere), s.TimesElsewhere, 0, 1_000_000);
        return checks.Problems;
    }
}
