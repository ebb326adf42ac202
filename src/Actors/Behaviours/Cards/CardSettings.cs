using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Cards;

/// <summary>When cards are drawn, and what they may cost.</summary>
public sealed record CardSettings
{
    public static CardSettings Default { get; } = new();

    /// <summary>Cards that are drawn on demand at once (C-1). More: faster cards, less processor time for the pages. 0: none is drawn on demand.</summary>
    public int Slots { get; init; } = 2;

    /// <summary>A card that takes longer has failed, and its slot comes back (C-5). Shorter: slow machines draw none.</summary>
    public TimeSpan CardTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A job's end waits for its cards at most this long (D-2). Longer: fewer pages are without a card at first, later ends.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What a job's end had no time for is carried on with this often, each time within the same budget. Shorter: sooner done, busier.</summary>
    public TimeSpan CarryOnEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The hour of the day, UTC, in which cards are redrawn that would print something else by now (D-4).</summary>
    public int NightlyHour { get; init; } = 3;

    /// <summary>How long a night's redrawing may take; the next night goes on where it stopped.</summary>
    public TimeSpan NightlyBudget { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A card that could not be drawn is tried again after this (C-7+); the wait doubles with every further failure.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The doubling ends here.</summary>
    public TimeSpan RetryMost { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A picture that nothing names goes after this (D-8+). Shorter: pages kept elsewhere lose their picture; longer: a larger store.</summary>
    public TimeSpan Unnamed { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Pictures kept in memory to be served. Fewer: more reads of the store.</summary>
    public int CacheEntries { get; init; } = 1_000;

    /// <summary>Bytes that they may hold together.</summary>
    public int Cache { get; init; } = 64 << 20;

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(CardSettings s)
    {
        var checks = new SettingChecks("Cards");
        checks.Between(nameof(Slots), s.Slots, 0, 64);
        checks.Between(nameof(CardTimeout), s.CardTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        checks.Between(nameof(Budget), s.Budget, TimeSpan.Zero, TimeSpan.FromHours(1));
        checks.Between(nameof(CarryOnEvery), s.CarryOnEvery, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        checks.Between(nameof(NightlyHour), s.NightlyHour, 0, 23);
        checks.Between(nameof(NightlyBudget), s.NightlyBudget, TimeSpan.Zero, TimeSpan.FromHours(12));
        checks.Between(nameof(RetryFirst), s.RetryFirst, TimeSpan.FromSeconds(1), s.RetryMost, mostBy: nameof(RetryMost));
        checks.Between(nameof(RetryMost), s.RetryMost, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        checks.Between(nameof(Unnamed), s.Unnamed, TimeSpan.FromDays(1), TimeSpan.FromDays(3_650));
        checks.Between(nameof(CacheEntries), s.CacheEntries, 1, 1_000_000);
        checks.Between(nameof(Cache), s.Cache, 1 << 20, int.MaxValue);
        return checks.Problems;
    }
}
