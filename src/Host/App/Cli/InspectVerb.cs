using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using Amble.App.Inspecting;
using Amble.App.Settings;
using Amble.Behaviours.Inspection;
using Amble.Behaviours.Ports;

namespace Amble.App.Cli;

/// <summary>
/// <c>amble inspect COMMAND [ARG]</c>: looks into the node that has the data directory, over its local socket, or into one elsewhere over
/// HTTP. Where no node runs, the commands that the store alone can answer are answered by it.
/// </summary>
public sealed class InspectVerb : Verb
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Argument<string[]> _words = new("COMMAND") { Arity = ArgumentArity.ZeroOrMore, Description = Describe() };
    private readonly Option<string?> _data = SharedOptions.Data();
    private readonly Option<string?> _postgres = SharedOptions.Postgres();
    private readonly Option<string?> _http = SharedOptions.Text("--http", "HOST:PORT", "look into the node that serves there");
    private readonly Option<string?> _token = SharedOptions.Text("--token", "TOKEN", "of that node, needed beyond this machine (see `amble token`)");
    private readonly Option<bool> _asJson = SharedOptions.Flag("--json", "answer as JSON");

    public InspectVerb() => Syntax = new Command("inspect", "Look into a running node, or into what its store has.") { _words, _data, _postgres, _http, _token, _asJson };

    public override Command Syntax { get; }

    public override async Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop)
    {
        var (settings, wrong) = ReadSettings(line, context);
        var words = line.GetValue(_words) ?? [];
        var problems = SyntaxProblems(line).Concat(words.Where(word => word.StartsWith('-')).Select(Unknown)).Concat(wrong.Select(problem => problem.ToString())).ToList();
        var command = Choose([.. words.Where(word => !word.StartsWith('-'))], problems);
        var isRemote = SharedOptions.Given(line, _http) is not null;
        foreach (var store in new[] { _data, _postgres }.Where(store => isRemote && SharedOptions.Given(line, store) is not null))
        {
            problems.Add($"{store.Name} and --http are given together; allowed is one of them.");
        }
        if (!isRemote && SharedOptions.Given(line, _token) is not null)
        {
            problems.Add("--token is given without --http; over the local socket of a data directory none is needed.");
        }
        if (problems.Count > 0 || command is not { } asked)
        {
            return context.Refuse(problems);
        }
        var (answer, problem) = isRemote
            ? await RemoteInspection.AskAsync(settings.Http, SharedOptions.Given(line, _token), asked, stop)
            : await AskBesideAsync(asked, settings, context, stop);
        if (answer is null)
        {
            return context.Refuse(problem!);
        }
        Write(answer, line.GetValue(_asJson), context.Terminal.Out);
        return ExitCode.Clean;
    }

    private static InspectionQuestion? Choose(string[] words, List<string> problems)
    {
        if (words.Length == 0)
        {
            problems.Add(new Problem("COMMAND", null, InspectionCommands.Names).ToString());
            return null;
        }
        if (InspectionCommands.Find(words[0]) is not { } command)
        {
            problems.Add(new Problem("COMMAND", words[0], InspectionCommands.Names).ToString());
            return null;
        }
        var argument = words.Length == 1 ? null : string.Join(' ', words[1..]);
        if (command.Allowed(argument) is not { } allowed)
        {
            return new InspectionQuestion(command.Name, argument);
        }
        problems.Add(new Problem(command.Argument?.Name ?? command.Name, argument, allowed).ToString());
        return null;
    }

    private static async Task<(InspectionAnswer?, string?)> AskBesideAsync(InspectionQuestion asked, EffectiveSettings settings, DoorContext context, CancellationToken stop)
    {
        if (DirectoryLock.Look(settings.Directory) is not { } holder)
        {
            return await AskStoreAsync(asked, settings, context, stop);
        }
        var who = $"`amble {holder.Command}` (process {holder.Pid}) has the data directory '{settings.Directory}'";
        try
        {
            return holder.Inspection is { } socket
                ? (await InspectionSocket.AskAsync(socket, asked, stop), null)
                : (null, $"{who} and cannot be looked into; is it of another version?");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return (null, $"{who} but does not answer; it may have just started or ended: try again.");
        }
    }

    private static async Task<(InspectionAnswer?, string?)> AskStoreAsync(InspectionQuestion asked, EffectiveSettings settings, DoorContext context, CancellationToken stop)
    {
        var command = InspectionCommands.Find(asked.Command)!;
        if (command.NeedsNode)
        {
            return (null, $"No node runs on {settings.Store}, and only a running one can answer `inspect {command.Name}`: start `amble serve` or `amble crawl`, or name another with --data DIR or --http HOST:PORT.");
        }
        if (settings.Postgres is not null)
        {
            // Opening it would take the writer's place from a node that may be running on another machine.
            return (null, $"No node of this machine runs on {settings.Store}; one that runs elsewhere can be looked into with --http HOST:PORT.");
        }
        if (!Directory.Exists(settings.Directory))
        {
            return (null, $"There is no data directory '{settings.Directory}'; name another with --data DIR or --http HOST:PORT.");
        }
        // No start URL: none of its jobs is taken up, and no site is asked for anything.
        var (desk, problem) = Desks.Open("inspect", settings.Node(null, []), unpaced: false, context);
        await using (desk)
        {
            if (desk is not LocalDesk store)
            {
                return (null, problem ?? $"Another process has just taken the data directory '{settings.Directory}'; try again.");
            }
            try
            {
                var answer = await command.Answer(store.Node.LookAtStore(), asked.Argument ?? "", stop);
                return (answer with { Sentences = [$"No node runs on '{settings.Directory}'; its store says:", .. answer.Sentences] }, null);
            }
            catch (StoreUnavailableException e)
            {
                return (null, e.Message);
            }
        }
    }

    private static void Write(InspectionAnswer answer, bool asJson, TextWriter to)
    {
        if (asJson)
        {
            to.WriteLine(JsonSerializer.Serialize(answer, _json));
            return;
        }
        foreach (var line in InspectionText.Lines(answer, TerminalText.Clean))
        {
            to.WriteLine(line);
        }
    }

    private static string Describe()
    {
        var width = InspectionCommands.All.Max(command => command.Usage.Length);
        return string.Join("\n", InspectionCommands.All.Select(command => $"{command.Usage.PadRight(width)}  {command.Tells}"));
    }
}
