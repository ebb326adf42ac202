using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Behaviours.Ports;

namespace Amble.App.Cli;

/// <summary><c>amble serve</c>: the API and the pages, and the crawls that they are asked for.</summary>
public sealed class ServeVerb : Verb
{
    private static readonly string[] ClusterOptions = ["--cluster", "--hostname", "--port", "--seed-nodes"];

    public override Command Syntax { get; } = new Command("serve", "Serve the API and the pages, and crawl what they are asked for.")
    {
        SharedOptions.Text("--http", "HOST:PORT", "where to listen (default: 127.0.0.1:8080)"), SharedOptions.Data(), SharedOptions.Postgres(), SharedOptions.AllowPrivate(),
        SharedOptions.ConnectTo(), SharedOptions.Concurrency("most requests in flight of a job that names no number (default: 20)"),
    };

    public override async Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop)
    {
        if (line.UnmatchedTokens.Any(ClusterOptions.Contains))
        {
            return context.Refuse("`amble serve --cluster` needs the Cluster part (Akka.NET), which this build does not have; without it one node runs by itself.");
        }
        var (settings, wrong) = ReadSettings(line, context);
        var problems = SyntaxProblems(line).Concat(wrong.Select(problem => problem.ToString())).ToList();
        if (problems.Count > 0)
        {
            return context.Refuse(problems);
        }
        IReadOnlyList<IPEndPoint> address;
        try
        {
            address = await ResolveAsync(settings.Http, stop);
        }
        catch (SocketException)
        {
            return context.Refuse(new Problem("--http", settings.Http.ToString(), "an address of this machine, or a name that resolves to one").ToString());
        }
        return await ServeAsync(settings, address, context, stop);
    }

    private static async Task<ExitCode> ServeAsync(EffectiveSettings settings, IReadOnlyList<IPEndPoint> address, DoorContext context, CancellationToken stop)
    {
        if (!DataDirectory.TryPrepare(settings.Directory, out var unusable))
        {
            return context.Refuse(unusable);
        }
        var describe = (string socket) => new LockHolder(Environment.ProcessId, "serve", socket, settings.AllowPrivate, settings.ConnectTo?.ToString());
        DirectoryLock? held;
        try
        {
            if (!DirectoryLock.TryTake(settings.Directory, describe, out held, out var holder))
            {
                return context.Refuse(DirectoryLock.Sentence(settings.Directory, holder));
            }
        }
        catch (UnauthorizedAccessException e)
        {
            return context.Refuse(Desks.Unusable(settings.Directory, e));
        }
        var node = settings.Node(null, null);
        node = node with { Crawl = node.Crawl with { Pace = node.Crawl.Pace.InServe() } };
        var (desk, problem) = Desks.OpenNode(held, node, context);
        if (desk is null)
        {
            return context.Refuse(problem!);
        }
        await using (desk)
        {
            var app = NodeServer.Build(new ServeNode(desk.Node, settings, new TokenFile(settings.Directory)), address, DirectoryLock.SocketPath(settings.Directory));
            await using (app)
            {
                return await RunAsync(app, desk.Node.Runtime, settings, context, stop);
            }
        }
    }

    private static async Task<ExitCode> RunAsync(WebApplication app, ICrawlRuntime runtime, EffectiveSettings settings, DoorContext context, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return context.Refuse($"--http: {settings.Http} cannot be listened on: {e.GetBaseException().Message.TrimEnd('.')}; allowed is a free port of this machine.");
        }
        runtime.Start();
        context.Terminal.Out.WriteLine("Settings in force:");
        foreach (var line in settings.Lines())
        {
            context.Terminal.Out.WriteLine(line);
        }
        context.Terminal.Out.WriteLine($"Amble serves http://{settings.Http}/ (Ctrl-C ends it)");
        await UntilAsync(stop);
        context.Terminal.Out.WriteLine("Stopping: what is in flight is finished and committed.");
        await app.StopAsync(CancellationToken.None);
        await runtime.StopAsync(LocalDesk.StopDeadline);
        return ExitCode.Clean;
    }

    /// <summary>Waits for Ctrl-C.</summary>
    public static async Task UntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    private static async Task<IReadOnlyList<IPEndPoint>> ResolveAsync(HostPort http, CancellationToken stop)
    {
        var addresses = http.Address is { } literal ? [literal] : await Dns.GetHostAddressesAsync(http.Host, stop);
        return [.. addresses.Distinct().Select(address => new IPEndPoint(address, http.Port))];
    }
}
