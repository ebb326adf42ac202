using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Amble.App.Cards;
using Amble.App.Http;
using Amble.App.Inspecting;
using Amble.App.Settings;
using Amble.App.Web;
using Amble.Behaviours.Ports;

namespace Amble.App.Cli;

/// <summary><c>amble serve</c>: the API and the pages, and the crawls that they are asked for.</summary>
public sealed class ServeVerb : Verb
{
    public override Command Syntax { get; } = new Command("serve", "Serve the API and the pages, and crawl what they are asked for.")
    {
        SharedOptions.Text("--http", "HOST:PORT", "where to listen (default: 127.0.0.1:8080)"), SharedOptions.Data(), SharedOptions.Postgres(), SharedOptions.AllowPrivate(),
        SharedOptions.ConnectTo(), SharedOptions.Concurrency("most requests in flight of a job that names no number (default: 20)"),
        SharedOptions.Flag("--cluster", "be one of many nodes, on PostgreSQL"), SharedOptions.Text("--hostname", "HOST", "where the other nodes reach this one: a private or loopback address"),
        SharedOptions.Text("--port", "PORT", "the nodes' own port (default: 4053)"), SharedOptions.Text("--seed-nodes", "HOST:PORT,…", "nodes that know the cluster, the same list on each"),
    };

    public override async Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop)
    {
        var (settings, wrong) = ReadSettings(line, context);
        var problems = SyntaxProblems(line).Concat(wrong.Select(problem => problem.ToString())).ToList();
        if (problems.Count == 0 && settings.IsCluster && ClusterPart.Missing is { } missing)
        {
            return context.Refuse(missing);
        }
        var (member, notMember) = await MembershipRule.ReadAsync(settings, Dns.GetHostAddressesAsync, context.Clock.GetUtcNow(), stop);
        problems.AddRange(notMember);
        if (problems.Count > 0)
        {
            return context.Refuse(problems);
        }
        if (member.Certificate is { } certificate && await HandshakeCheck.ProblemsAsync(member, certificate, stop) is { Count: > 0 } strangers)
        {
            return context.Refuse(strangers);
        }
        if (member.Seeds.Count == 1)
        {
            context.Terminal.Err.WriteLine("amble: " + MembershipRule.OneSeed);
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
        return await ServeAsync(settings, ClusterPart.Missing is null && !settings.WantsLocal ? member : null, address, context, stop);
    }

    private static async Task<ExitCode> ServeAsync(EffectiveSettings settings, Membership? member, IReadOnlyList<IPEndPoint> address, DoorContext context, CancellationToken stop)
    {
        var directory = settings.NodeDirectory;
        if (!DataDirectory.TryPrepare(settings.Directory, out var unusable) || !DataDirectory.TryPrepare(directory, out unusable))
        {
            return context.Refuse(unusable);
        }
        var describe = (string socket) => new LockHolder(Environment.ProcessId, "serve", socket, settings.AllowPrivate, settings.ConnectTo?.ToString());
        DirectoryLock? held;
        try
        {
            if (!DirectoryLock.TryTake(directory, describe, out held, out var holder))
            {
                return context.Refuse(DirectoryLock.Sentence(directory, holder));
            }
        }
        catch (UnauthorizedAccessException e)
        {
            return context.Refuse(Desks.Unusable(directory, e));
        }
        var node = settings.Node(null, null);
        var painting = CardPainting.Begin(CardPainting.ShippedFonts);
        var artist = CardHand.OpenAsync(painting);
        node = node with { Artist = artist, Crawl = node.Crawl with { Pace = node.Crawl.Pace.InServe() }, Web = LeavingFrom(node.Web, member), Member = member };
        var (desk, problem) = Desks.OpenNode(held, node, context);
        if (desk is null)
        {
            return context.Refuse(problem!);
        }
        await using (desk)
        {
            var served = new ServeNode(desk.Node, settings, new TokenFile(settings.Directory, settings.TokenHash)) { Cards = painting, Artist = artist };
            var app = NodeServer.Build(served, address, DirectoryLock.SocketPath(directory));
            await using (app)
            await using (InspectionSocket.Listen(DirectoryLock.InspectionPath(directory), desk.Node))
            {
                return await RunAsync(app, desk.Node, directory, settings, context, stop);
            }
        }
    }

    private static async Task<ExitCode> RunAsync(WebApplication app, INode node, string directory, EffectiveSettings settings, DoorContext context, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return context.Refuse($"--http: {settings.Http} cannot be listened on: {e.GetBaseException().Message.TrimEnd('.')}; allowed is a free port of this machine.");
        }
        try
        {
            node.Runtime.Start();
        }
        catch (RuntimeProblemException e)
        {
            return context.Refuse(e.Message);
        }
        node.AccessLog.Start(LeftHits.Read(directory, Tell));
        context.Terminal.Out.WriteLine("Settings in force:");
        foreach (var line in settings.Lines())
        {
            context.Terminal.Out.WriteLine(line);
        }
        context.Terminal.Out.WriteLine($"Amble serves http://{settings.Http}/ (Ctrl-C ends it)");
        if (await Task.WhenAny(UntilAsync(stop), node.WhenLost) == node.WhenLost)
        {
            return context.Refuse(await node.WhenLost);
        }
        context.Terminal.Out.WriteLine("Stopping: what is in flight is finished and committed.");
        await app.StopAsync(CancellationToken.None);
        LeftHits.Write(directory, await node.AccessLog.DrainAsync(settings.AccessLog.Drain), Tell);
        await node.Runtime.StopAsync(LocalDesk.StopDeadline);
        return ExitCode.Clean;

        void Tell(string trouble) => context.Terminal.Err.WriteLine("amble: " + trouble);
    }

    /// <summary>Waits for Ctrl-C.</summary>
    public static async Task UntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    // Nodes on one machine have loopback addresses of their own; sites that keep a log tell them apart by these.
    private static WebSettings LeavingFrom(WebSettings web, Membership? member) =>
        member is { IsAlone: false } && web.LocalAddress is null && IPAddress.TryParse(member.Hostname, out var own) && IPAddress.IsLoopback(own) ? web with { LocalAddress = member.Hostname } : web;

    private static async Task<IReadOnlyList<IPEndPoint>> ResolveAsync(HostPort http, CancellationToken stop)
    {
        var addresses = http.Address is { } literal ? [literal] : await Dns.GetHostAddressesAsync(http.Host, stop);
        return [.. addresses.Distinct().Select(address => new IPEndPoint(address, http.Port))];
    }
}
