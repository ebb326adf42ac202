using System.Globalization;
using System.Text.Json.Nodes;

namespace Amble.Behaviours.Inspection;

/// <summary>Values as tables have them.</summary>
internal static class Cell
{
    public static JsonNode? Seconds(TimeSpan? span) => span is { } some ? JsonValue.Create(Math.Round(some.TotalSeconds, 3)) : null;

    public static JsonNode? Instant(DateTimeOffset? at) =>
        at is { } some ? JsonValue.Create(some.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)) : null;

    /// <summary>An enum's name as <c>inFlight</c> is written in prose: in flight.</summary>
    public static string Word(Enum value) => Words(value.ToString());

    /// <summary>A key or a name in words: <c>nextStartAt</c> is next start at.</summary>
    public static string Words(string key) =>
        string.Concat(key.Select((letter, at) => char.IsUpper(letter) ? $"{(at == 0 ? "" : " ")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
