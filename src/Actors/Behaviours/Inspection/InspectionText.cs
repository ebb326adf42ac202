using System.Text.Json;
using System.Text.Json.Nodes;

namespace Amble.Behaviours.Inspection;

/// <summary>An answer as lines of text: its sentences, then each table, a single row as a list of its properties.</summary>
public static class InspectionText
{
    private const int LongestCell = 160;

    /// <param name="clean">Makes a stranger's text fit for where the lines go; cut at so many characters.</param>
    public static IEnumerable<string> Lines(InspectionAnswer answer, Func<string, int, string> clean)
    {
        foreach (var sentence in answer.Sentences) yield return clean(sentence, 4000);
        foreach (var table in answer.Tables.Where(table => table.Rows.Count > 0))
        {
            yield return "";
            yield return $"{clean(table.Name, LongestCell)}{(table.Complete ? "" : " (there are more)")}:";
            foreach (var line in table.Rows is [var only] && only.Count > 6 ? Properties(only, clean) : Columns(table.Rows, clean)) yield return line;
        }
    }

    private static IEnumerable<string> Properties(JsonObject row, Func<string, int, string> clean)
    {
        var lines = row.Select(one => (Key: clean(Cell.Words(one.Key), LongestCell), Value: Text(one.Value, clean))).ToList();
        var width = lines.Max(line => line.Key.Length);
        return lines.Select(line => $"  {line.Key.PadRight(width)}  {line.Value}");
    }

    private static IEnumerable<string> Columns(IReadOnlyList<JsonObject> rows, Func<string, int, string> clean)
    {
        var lines = new List<string[]> { rows[0].Select(one => clean(Cell.Words(one.Key), LongestCell)).ToArray() };
        lines.AddRange(rows.Select(row => row.Select(one => Text(one.Value, clean)).ToArray()));
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => column < line.Length ? line[column].Length : 0)).ToArray();
        return lines.Select(line => ("  " + string.Join("  ", line.Select((cell, column) => cell.PadRight(column < widths.Length ? widths[column] : 0)))).TrimEnd());
    }

    private static string Text(JsonNode? value, Func<string, int, string> clean) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "-",
        JsonValueKind.String => clean(value.GetValue<string>(), LongestCell),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => clean(value.ToJsonString(), LongestCell),
    };
}
