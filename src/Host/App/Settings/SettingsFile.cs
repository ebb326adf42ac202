using System.Text.Json;

namespace Amble.App.Settings;

/// <summary>Reads <c>appsettings.json</c>: one object <c>amble</c> with the settings, and in it one object a section.</summary>
internal static class SettingsFile
{
    private const string Name = "appsettings.json";
    private const string Ours = "amble";

    /// <summary>Sections of the file that belong to the web server, not to us.</summary>
    private static readonly string[] Foreign = ["Logging", "AllowedHosts"];

    /// <param name="text">Null when there is no file.</param>
    /// <param name="problems">Gets what is wrong with the file itself and its names; values are judged by the caller.</param>
    public static IReadOnlyList<(Setting Setting, SetValue Value)> Read(string? text, List<Problem> problems)
    {
        if (text is null)
        {
            return [];
        }
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return [.. ReadRoot(document.RootElement, problems)];
        }
        catch (JsonException e)
        {
            problems.Add(new Problem($"{Name}, line {e.LineNumber + 1}", "text that is not JSON", $"JSON with a section \"{Ours}\""));
            return [];
        }
    }

    private static IEnumerable<(Setting, SetValue)> ReadRoot(JsonElement root, List<Problem> problems)
    {
        foreach (var part in Properties(Name, root, $"an object with a section \"{Ours}\"", problems))
        {
            if (part.Name == Ours)
            {
                foreach (var read in ReadOurs(part.Value, problems))
                {
                    yield return read;
                }
            }
            else if (!Foreign.Contains(part.Name))
            {
                problems.Add(new Problem(Name, part.Name, $"{Ours}, {string.Join(", ", Foreign)}"));
            }
        }
    }

    private static IEnumerable<(Setting, SetValue)> ReadOurs(JsonElement ours, List<Problem> problems)
    {
        const string where = $"{Name} {Ours}";
        foreach (var entry in Properties(where, ours, "an object", problems))
        {
            if (Setting.Outside.FirstOrDefault(setting => setting.Name == entry.Name) is { } plain)
            {
                yield return (plain, Value(entry.Value, $"{where}:{plain.Path}"));
            }
            else if (Sections.All.FirstOrDefault(section => section.Name == entry.Name) is { } section)
            {
                foreach (var read in ReadSection(section, $"{where}:{section.Name}", entry.Value, problems))
                {
                    yield return read;
                }
            }
            else
            {
                problems.Add(new Problem(where, entry.Name, string.Join(", ", Setting.Outside.Select(setting => setting.Name).Concat(Sections.All.Select(known => known.Name)))));
            }
        }
    }

    private static IEnumerable<(Setting, SetValue)> ReadSection(ISection section, string where, JsonElement value, List<Problem> problems)
    {
        foreach (var entry in Properties(where, value, "an object", problems))
        {
            if (section.Settings.FirstOrDefault(setting => setting.Name == entry.Name) is { } setting)
            {
                yield return (setting, Value(entry.Value, $"{where}:{setting.Name}"));
            }
            else
            {
                problems.Add(new Problem(where, entry.Name, string.Join(", ", section.Settings.Select(known => known.Name))));
            }
        }
    }

    private static IEnumerable<JsonProperty> Properties(string where, JsonElement element, string allowed, List<Problem> problems)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.EnumerateObject();
        }
        problems.Add(new Problem(where, element.ToString(), allowed));
        return [];
    }

    private static SetValue Value(JsonElement value, string where) => new(
        // JSON spells these small, .NET does not.
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : value.ToString(), Name, where);
}
