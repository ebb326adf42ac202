namespace Amble.Benchmarks;

/// <summary>A small table in Markdown, its columns as wide as they need to be.</summary>
internal sealed class Table(params string[] heads)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write(TextWriter to)
    {
        var widths = heads.Select((head, column) => _rows.Select(row => row[column].Length).Append(head.Length).Max()).ToArray();
        Write(to, heads, widths);
        Write(to, [.. widths.Select(width => new string('-', width))], widths);
        foreach (var row in _rows)
        {
            Write(to, row, widths);
        }
        to.WriteLine();
    }

    private static void Write(TextWriter to, string[] cells, int[] widths) =>
        to.WriteLine("| " + string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column]))) + " |");
}
