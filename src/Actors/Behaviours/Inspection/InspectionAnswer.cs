using System.Text.Json.Nodes;

namespace Amble.Behaviours.Inspection;

/// <summary>What a command tells, whoever asked: sentences for people, and tables that a machine can read as well.</summary>
/// <param name="Argument">As it was asked for; null when the command takes none.</param>
public sealed record InspectionAnswer(string Command, string? Argument, IReadOnlyList<string> Sentences, IReadOnlyList<InspectionTable> Tables);

/// <summary>Rows with the same keys in the same order. Spans are seconds, instants are ISO 8601 in UTC.</summary>
/// <param name="Complete">False when there are more rows than are told.</param>
public sealed record InspectionTable(string Name, bool Complete, IReadOnlyList<JsonObject> Rows)
{
    public static InspectionTable Of<T>(string name, IEnumerable<T> all, int most, Func<T, JsonObject> row)
    {
        var told = all.Take(most + 1).ToList();
        return new InspectionTable(name, told.Count <= most, [.. told.Take(most).Select(row)]);
    }

    /// <summary>One thing with its properties.</summary>
    public static InspectionTable Single(string name, JsonObject row) => new(name, true, [row]);
}
