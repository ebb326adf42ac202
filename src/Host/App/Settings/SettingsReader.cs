using System.Text.Json;

namespace Amble.App.Settings;

/// <summary>
/// What is set, by whom: <c>appsettings.json</c>, then the environment, then the command line; the later one wins. A name that nobody
/// knows is a problem like a value that is not allowed, and all problems are told at once.
/// </summary>
public static class SettingsReader
{
    /// <summary>Sections of the file that belong to the web server, not to us.</summary>
    private static readonly string[] Foreign = ["Logging", "AllowedHosts"];

    /// <param name="file">The text of <c>appsettings.json</c>; null when there is none.</param>
    /// <param name="environment">The environment's variables; only those that begin with <c>AMBLE_</c> are looked at.</param>
    /// <param name="options">What the command line says, by option.</param>
    public static (EffectiveSettings Settings, IReadOnlyList<Problem> Problems) Read(
        string? file, IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyDictionary<string, string> options)
    {
        var problems = new List<Problem>();
        var values = Setting.All.ToDictionary(setting => setting, setting => new SetValue(setting.Default, "default"));
        foreach (var (setting, where, value, source) in FromFile(file, problems).Concat(FromEnvironment(environment, problems)).Concat(FromOptions(options)))
        {
            if (setting.IsAllowed(value))
            {
                values[setting] = new SetValue(value, source);
            }
            else
            {
                problems.Add(new Problem(where, value, setting.Allowed));
            }
        }
        return (new EffectiveSettings(values), problems);
    }

    private static IEnumerable<(Setting, string Where, string Value, string Source)> FromFile(string? file, List<Problem> problems)
    {
        const string name = "appsettings.json";
        if (file is null)
        {
            return [];
        }
        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return ReadSections(document.RootElement, name, problems).ToList();
        }
        catch (JsonException e)
        {
            problems.Add(new Problem($"{name}, line {e.LineNumber + 1}", "text that is not JSON", "JSON with a section \"amble\""));
            return [];
        }
    }

    private static IEnumerable<(Setting, string, string, string)> ReadSections(JsonElement root, string name, List<Problem> problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new Problem(name, root.ValueKind.ToString(), "an object with a section \"amble\""));
            yield break;
        }
        foreach (var section in root.EnumerateObject())
        {
            if (section.Name != "amble")
            {
                if (!Foreign.Contains(section.Name))
                {
                    problems.Add(new Problem(name, section.Name, $"amble, {string.Join(", ", Foreign)}"));
                }
                continue;
            }
            if (section.Value.ValueKind != JsonValueKind.Object)
            {
                problems.Add(new Problem($"{name} amble", section.Value.ToString(), "an object"));
                continue;
            }
            foreach (var entry in section.Value.EnumerateObject())
            {
                if (Setting.All.FirstOrDefault(setting => setting.Path == entry.Name) is { } setting)
                {
                    yield return (setting, $"{name} amble:{entry.Name}", entry.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
                        ? entry.Value.GetRawText() : entry.Value.ToString(), name);
                }
                else
                {
                    problems.Add(new Problem($"{name} amble", entry.Name, Names(setting => setting.Path)));
                }
            }
        }
    }

    private static IEnumerable<(Setting, string, string, string)> FromEnvironment(IEnumerable<KeyValuePair<string, string>> environment, List<Problem> problems)
    {
        foreach (var (variable, value) in environment.Where(pair => pair.Key.StartsWith("AMBLE_", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Setting.All.FirstOrDefault(setting => setting.Variable == variable) is { } setting)
            {
                yield return (setting, variable, value, "environment");
            }
            else
            {
                problems.Add(new Problem("environment", variable, Names(known => known.Variable)));
            }
        }
    }

    private static IEnumerable<(Setting, string, string, string)> FromOptions(IReadOnlyDictionary<string, string> options) =>
        from setting in Setting.All
        where setting.Option is not null && options.ContainsKey(setting.Option)
        select (setting, setting.Option!, options[setting.Option!], "command line");

    private static string Names(Func<Setting, string> name) => string.Join(", ", Setting.All.Select(name));
}
