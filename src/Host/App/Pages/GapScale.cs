namespace Amble.App.Pages;

/// <summary>
/// A logarithmic scale for spans: from the tick below the shortest to the tick above the longest, three ticks apart at least, so that what
/// hardly differs does not look as if it did.
/// </summary>
public sealed record GapScale(TimeSpan From, TimeSpan To)
{
    private const int LeastSteps = 3;
    private const int MostLabels = 5;

    private static readonly IReadOnlyList<TimeSpan> _all =
        [.. new[] { 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 18_000, 36_000, 86_400, 259_200, 864_000 }.Select(TimeSpan.FromSeconds)];

    /// <param name="gaps">At least one.</param>
    public static GapScale Of(IEnumerable<TimeSpan> gaps)
    {
        var (least, most) = (TimeSpan.MaxValue, TimeSpan.Zero);
        foreach (var gap in gaps) (least, most) = (gap < least ? gap : least, gap > most ? gap : most);
        var from = Math.Max(0, LastIndex(tick => tick <= least));
        var to = Math.Min(_all.Count - 1, Math.Max(LastIndex(tick => tick < most) + 1, from + LeastSteps));
        from = Math.Min(from, to - LeastSteps);
        return new GapScale(_all[from], _all[to]);
    }

    /// <summary>Where to draw a line with its name: its ends and some between.</summary>
    public IReadOnlyList<TimeSpan> Ticks
    {
        get
        {
            var ticks = _all.Where(tick => tick >= From && tick <= To).ToList();
            var every = (ticks.Count + MostLabels - 2) / (MostLabels - 1);
            return [.. ticks.Where((_, at) => at % Math.Max(1, every) == 0)];
        }
    }

    /// <summary>0 at the bottom to 1 at the top.</summary>
    public double Of(TimeSpan gap) => Math.Clamp(Math.Log(Math.Max(gap.TotalSeconds, From.TotalSeconds) / From.TotalSeconds) / Math.Log(To / From), 0, 1);

    private static int LastIndex(Func<TimeSpan, bool> holds) => _all.TakeWhile(holds).Count() - 1;
}
