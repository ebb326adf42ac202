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
    public static PeriodFamily Details { get; } = new("details", null) { Pieces = new PieceRule("visit_id", 65_536) };

    /// <summary>Everything sent, by its start.</summary>
    public static PeriodFamily Requests { get; } = new("requests", "id");

    /// <summary>Lines of the access log, by the instant of their answer.</summary>
    public static PeriodFamily Hits { get; } = new("hits", "id", 24);

    /// <summary>All of them. One that is not here is taken for a leftover at a start.</summary>
    public static IReadOnlyList<PeriodFamily> All { get; } = [Details, Requests, Hits];

    /// <summary>How a period's partition is divided on PostgreSQL; null where it is one table.</summary>
    public PieceRule? Pieces { get; private init; }
}

/// <summary>
/// A period of heavy rows is kept, and goes, in pieces: a file system gives the room of a large table back at once, and whoever syncs
/// meanwhile waits for that.
/// </summary>
/// <param name="Column">A column with numbers that rise as rows come.</param>
/// <param name="Rows">Numbers in a piece; some 60 MB of rows.</param>
internal sealed record PieceRule(string Column, long Rows)
{
    /// <summary>The pieces that have rows from one number to another.</summary>
    public IEnumerable<long> Of(long first, long last)
    {
        for (var piece = first / Rows; piece <= last / Rows; piece++) yield return piece;
    }
}
