using System.CommandLine;
using System.Net;
using Amble.App.Cards;
using Amble.App.Cli;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Demo;

/// <summary><c>amble demo</c>: a small site on loopback, crawled, and its result shown. Needs no network and leaves nothing behind.</summary>
public sealed class DemoVerb : Verb
{
    private readonly Option<bool> _once = SharedOptions.Flag("--once", "end after the crawl instead of serving its result");

    public DemoVerb() => Syntax = new Command("demo", "Crawl a small site on this machine and show the result; needs no network.") { _once };

    public override Command Syntax { get; }

    public override async Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop)
    {
        var (settings, wrong) = ReadSettings(line, context);
        var problems = SyntaxProblems(line).Concat(wrong.Select(problem => problem.ToString())).ToList();
        if (problems.Count > 0)
        {
            return context.Refuse(problems);
        }
        var directory = Directory.CreateTempSubdirectory("amble-demo-");
        try
        {
            return await RunAsync(Node(settings, directory.FullName), line.GetValue(_once) || !context.Terminal.Interactive, context, stop);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The settings in force, but on the demo's own site and in its own directory.</summary>
    private static NodeSettings Node(EffectiveSettings settings, string directory)
    {
        var node = settings.Node(null, null);
        return node with
        {
            Directory = directory,
            Crawl = node.Crawl with { Pace = Brisk(node.Crawl.Pace) },
            Web = node.Web with { AllowPrivate = true, ConnectTo = null, LocalAddress = null },
        };
    }

    /// <summary>Nobody else uses that site, so it is begun faster than a stranger's; what somebody has set stays.</summary>
    private static PaceSettings Brisk(PaceSettings set)
    {
        var usual = PaceSettings.Default;
        var start = TimeSpan.FromMilliseconds(300);
        return set with
        {
            WarmUp = set.WarmUp == usual.WarmUp ? start : set.WarmUp,
            Floor = set.Floor == usual.Floor ? start : set.Floor,
            GiveUpAfter = set.GiveUpAfter == usual.GiveUpAfter ? TimeSpan.FromMinutes(1) : set.GiveUpAfter,
        };
    }

    private static async Task<ExitCode> RunAsync(NodeSettings settings, bool once, DoorContext context, CancellationToken stop)
    {
        await using var site = await DemoSite.StartAsync(context.Clock, stop);
        var painting = once ? CardPainting.Off : CardPainting.Begin(CardPainting.ShippedFonts);
        var artist = CardHand.OpenAsync(painting);
        var (desk, problem) = Desks.Open("demo", settings with { Artist = artist }, unpaced: false, context);
        if (desk is not LocalDesk local)
        {
            return context.Refuse(problem ?? "The demo's directory is in use.");
        }
        await using (local)
        {
            context.Terminal.Out.WriteLine($"A small site stands at {site.Url}; Amble crawls it as it would any other, only from a faster start.");
            try
            {
                return await CrawlAsync(local, PageUrl.FromStored(site.Url)) ?? await ShowAsync(local.Node);
            }
            catch (Exception e) when (e is StoreUnavailableException or IOException)
            {
                return context.Refuse(e.Message);
            }
        }

        async Task<ExitCode?> CrawlAsync(LocalDesk desk, PageUrl start)
        {
            desk.Node.Runtime.Start();
            var follow = new Following(desk, context);
            var job = new NewJob(start, JobLimits.None, Concurrency: 4, Unpaced: false, Warm: false);
            var end = await follow.BeginAsync([job], stop) ?? await follow.ToTheEndAsync(stop);
            if (end != FollowEnd.Ended)
            {
                await desk.Node.Runtime.StopAsync(LocalDesk.StopDeadline);
                return end == FollowEnd.Interrupted ? ExitCode.Interrupted : context.Refuse(desk.Trouble ?? "The demo could not go on.");
            }
            var crawled = follow.Jobs[0];
            var findings = await desk.ReadFindingsAsync(new JobId(crawled.Job), SummaryText.Needed, stop);
            var politeness = await desk.ReadPolitenessAsync(new JobId(crawled.Job), stop);
            SummaryText.Write(context.Terminal.Out, crawled with { Politeness = politeness }, findings, "its page");
            context.Terminal.Out.WriteLine();
            return crawled.State == "completed" ? null : ExitCode.Trouble;
        }

        async Task<ExitCode> ShowAsync(INode node)
        {
            if (once)
            {
                context.Terminal.Out.WriteLine("To crawl a real site: amble crawl https://example.org/");
                return ExitCode.Clean;
            }
            var (usual, _) = SettingsReader.Read(null, [], new Dictionary<string, string>());
            await using var app = NodeServer.Build(new ServeNode(node, usual, new TokenFile(settings.Directory)) { Cards = painting, Artist = artist }, [new IPEndPoint(IPAddress.Loopback, 0)], socket: null);
            await app.StartAsync(stop);
            node.AccessLog.Start([]);
            context.Terminal.Out.WriteLine($"The result as a page: {app.Urls.First()}/jobs/1 (Ctrl-C ends it). To crawl a real site: amble crawl https://example.org/");
            await ServeVerb.UntilAsync(stop);
            return ExitCode.Clean;
        }
    }
}
