using System.Globalization;

namespace Amble.ScriptedSites;

/// <summary>Reads a site's <c>/__log</c> back: tab-separated lines under a header line that names the columns, in whatever order.</summary>
public static class LogTable
{
    /// <summary>What each column may be called; other sites that judge use the second names.</summary>
    private static readonly string[][] Columns =
        [["number", "seq"], ["domain"], ["from", "remote"], ["method"], ["path"], ["arrived_ms", "arrive_ms"], ["left_ms", "leave_ms"], ["status"]];

    /// <exception cref="InvalidDataException">A column is missing, or the log was too long to be whole.</exception>
    public static IReadOnlyList<LoggedRequest> Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = lines[0].Split('\t');
        var at = Columns.Select(names => Array.FindIndex(header, names.Contains)).ToArray();
        if (at.Contains(-1))
        {
            throw new InvalidDataException($"The log's header '{lines[0]}' lacks a column; wanted are {string.Join(", ", Columns.Select(names => names[0]))}.");
        }
        if (lines[^1].StartsWith('#'))
        {
            throw new InvalidDataException($"The log is not whole: {lines[^1]}");
        }
        return [.. lines.Skip(1).Select(line => line.Split('\t')).Select(cells => Read([.. at.Select(column => cells[column])]))];
    }

    private static LoggedRequest Read(string[] cells) => new(
        long.Parse(cells[0], CultureInfo.InvariantCulture),
        int.Parse(cells[1], CultureInfo.InvariantCulture),
        cells[2],
        cells[3],
        cells[4],
        double.Parse(cells[5], CultureInfo.InvariantCulture),
        cells[6] == "-" ? null : double.Parse(cells[6], CultureInfo.InvariantCulture),
        cells[7] == "-" ? null : int.Parse(cells[7], CultureInfo.InvariantCulture));
}
