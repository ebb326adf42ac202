namespace Amble.App.Cli;

/// <summary>What every command is given: the world outside, so that tests bring their own.</summary>
/// <param name="SettingsFile">The text of <c>appsettings.json</c>; null when there is none.</param>
public sealed record DoorContext(
    Terminal Terminal, Func<NodeSettings, INode> OpenNode, TimeProvider Clock, IReadOnlyDictionary<string, string> Environment, string? SettingsFile)
{
    public static DoorContext OfProcess()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "appsettings.json");
        var variables = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        return new DoorContext(Terminal.OfProcess(), Wiring.OpenNode, TimeProvider.System, variables, File.Exists(file) ? File.ReadAllText(file) : null);
    }

    /// <summary>Tells all that is wrong, a line each, and gives the exit code for it.</summary>
    public ExitCode Refuse(params IEnumerable<string> problems)
    {
        foreach (var problem in problems)
        {
            Terminal.Err.WriteLine("amble: " + TerminalText.Clean(problem));
        }
        return ExitCode.Trouble;
    }
}
