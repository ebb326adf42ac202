namespace Amble.App.Sql.Periods;

/// <summary>The periods that the main database names, with what it knows of them.</summary>
internal static class PeriodCatalog
{
    private const string All = "SELECT family, number, ends_at, rows FROM periods ORDER BY number, family";
    private const string Last = "SELECT last_row FROM periods WHERE family = ? AND number = ?";

    private const string Holding =
        """
        SELECT 1 FROM jobs j WHERE j.state < 3
          AND EXISTS (SELECT 1 FROM period_jobs p WHERE p.family = ? AND p.number = ? AND p.job_id = j.id) LIMIT 1
        """;

    public static IReadOnlyList<NamedPeriod> Read(Database main)
    {
        var named = new List<NamedPeriod>();
        var found = main[All];
        while (found.Step())
        {
            if (PeriodFamily.All.FirstOrDefault(family => family.Name == found.Text(0)) is not { } family) continue;
            named.Add(new NamedPeriod(new Period(family, found.Integer(1)), StoredTime.Instant(found.Integer(2)), found.Integer(3)));
        }
        return named;
    }

    /// <summary>The last row of a period that was stored for good; 0 when none was.</summary>
    public static long LastRow(Database main, Period period) => main[Last].Bind(period.Family.Name).Bind(period.Number).Single() ?? 0;

    /// <summary>A job that has not ended has rows in it.</summary>
    public static bool IsHeld(Database main, Period period) => main[Holding].Bind(period.Family.Name).Bind(period.Number).Single() is not null;
}

/// <param name="Rows">Rows that the main database stands for.</param>
internal sealed record NamedPeriod(Period Period, DateTimeOffset EndsAt, long Rows);
