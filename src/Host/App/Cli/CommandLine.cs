using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Amble.App.Demo;

namespace Amble.App.Cli;

/// <summary>All commands, and the way from a command line to an exit code.</summary>
public static class CommandLine
{
    public static async Task<ExitCode> RunAsync(string[] args, DoorContext context, CancellationToken stop)
    {
        Verb[] verbs = [new CrawlVerb(), new ServeVerb(), new DemoVerb(), new RetryVerb(), new CancelVerb(), new CardsVerb(), new PurgeVerb(), new ExportVerb(), new InspectVerb(), new TokenVerb()];
        var root = new RootCommand("Amble walks websites at the pace they can bear.");
        foreach (var verb in verbs)
        {
            root.Subcommands.Add(verb.Syntax);
        }
        var line = root.Parse(args);
        if (line.Action is HelpAction || line.CommandResult.Command == root && line.Action is not ParseErrorAction and not null)
        {
            await line.InvokeAsync(new InvocationConfiguration { Output = context.Terminal.Out, Error = context.Terminal.Err }, stop);
            return ExitCode.Clean;
        }
        if (verbs.FirstOrDefault(verb => verb.Syntax == line.CommandResult.Command) is { } chosen)
        {
            return await chosen.RunAsync(line, context, stop);
        }
        var names = string.Join(", ", verbs.Select(verb => verb.Syntax.Name));
        return context.Refuse(line.UnmatchedTokens.Count > 0
            ? $"'{line.UnmatchedTokens[0]}' is no command; allowed are {names} (see `amble --help`)."
            : $"A command is missing; allowed are {names} (see `amble --help`).");
    }
}
