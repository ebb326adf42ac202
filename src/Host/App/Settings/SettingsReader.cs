namespace Amble.App.Settings;

/// <summary>
/// What is set, by whom: <c>appsettings.json</c>, then the environment, then the command line; the later one wins. A name that nobody
/// knows is a problem like a value that is not allowed, by itself or beside the others, and all problems are told at once.
/// </summary>
public static class SettingsReader
{
    /// <param name="file">The text of <c>appsettings.json</c>; null when there is none.</param>
    /// <param name="environment">The environment's variables; only those that begin with <c>AMBLE_</c> are looked at.</param>
    /// <param name="options">What the command line says, by option.</param>
    public static (EffectiveSettings Settings, IReadOnlyList<Problem> Problems) Read(
        string? file, IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyDictionary<string, string> options)
    {
        var problems = new List<Problem>();
        var refused = new HashSet<Setting>();
        var values = Setting.All.ToDictionary(setting => setting, setting => new SetValue(setting.Default, "default", $"amble:{setting.Path}, by default"));
        foreach (var (setting, value) in SettingsFile.Read(file, problems).Concat(FromEnvironment(environment, problems)).Concat(FromOptions(options)))
        {
            if (setting.IsAllowed(value.Text))
            {
                values[setting] = value;
            }
            else
            {
                refused.Add(setting);
                problems.Add(new Problem(value.Where, setting.IsSecret ? "***" : value.Text, setting.Allowed));
            }
        }
        if (options.TryGetValue(Setting.Data.Option!, out var data) && options.ContainsKey(Setting.Postgres.Option!))
            problems.Add(new Problem("--data", data, $"it or --postgres, not both; beside PostgreSQL, {Setting.Data.Variable} says where the token and the local socket are"));
        problems.AddRange(
            from section in Sections.All
            from wrong in section.Problems(setting => values[setting].Text)
            select new Problem(values[wrong.Setting].Where, values[wrong.Setting].Text, wrong.Allowed));
        return (new EffectiveSettings(values, refused), problems);
    }

    private static IEnumerable<(Setting, SetValue)> FromEnvironment(IEnumerable<KeyValuePair<string, string>> environment, List<Problem> problems)
    {
        foreach (var (variable, value) in environment.Where(pair => pair.Key.StartsWith("AMBLE_", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Setting.All.FirstOrDefault(setting => setting.Variable == variable) is { } setting)
            {
                yield return (setting, new SetValue(value, "environment", variable));
            }
            else
            {
                problems.Add(new Problem("environment", variable, KnownVariables(variable)));
            }
        }
    }

    private static IEnumerable<(Setting, SetValue)> FromOptions(IReadOnlyDictionary<string, string> options) =>
        from setting in Setting.Outside
        where setting.Option is not null && options.ContainsKey(setting.Option)
        select (setting, new SetValue(options[setting.Option!], "command line", setting.Option!));

    /// <summary>Those of the section that was meant or, where none was, those outside of any section and how the others begin.</summary>
    private static string KnownVariables(string unknown)
    {
        var meant = Sections.All.FirstOrDefault(section => unknown.StartsWith(Prefix(section), StringComparison.Ordinal));
        return string.Join(", ", meant is null
            ? Setting.Outside.Select(setting => setting.Variable).Concat(Sections.All.Select(section => Prefix(section) + "…"))
            : meant.Settings.Select(setting => setting.Variable));
    }

    private static string Prefix(ISection section) => $"AMBLE_{section.Name.ToUpperInvariant()}__";
}
