namespace Amble.App.Sql.Periods;

/// <summary>
/// Rows that come together and go together (SEEDS R-8+): what a period has of one family is a file of its own on SQLite and a partition on
/// PostgreSQL, and is deleted as a whole.
/// </summary>
/// <param name="Name">Of the table, and of the files and partitions.</param>
/// <param name="RowNumber">
/// A column with rising numbers, by which rows are known that a turn has stored here and, since the process died, not in the main database;
/// null when rows are replaced by what comes in their place.
/// </param>
/// <param name="Hours">Length of a period; null for what is set.</param>
internal sealed record PeriodFamily(string Name, string? RowNumber, int? Hours = null)
{
    /// <summary>The heavy columns of visits, by the instant of their commit.</summary>
    public static PeriodFamily Details { get; } = new("details", null);

    /// <summary>Everything sent, by its start.</summary>
    public static PeriodFamily Requests { get; } = new("requests", "id");

    /// <summary>Lines of the access log, by the instant of their answer.</summary>
    public static PeriodFamily Hits { get; } = new("hits", "id", 24);

    /// <summary>All of them. One that is not here is taken for a leftover at a start.</summary>
    public static IReadOnlyList<PeriodFamily> All { get; } = [Details, Requests, Hits];
}
