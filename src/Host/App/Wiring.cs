using System.Diagnostics.Metrics;
using Amble.App.Cards;
using Amble.App.Cli;
using Amble.App.Measured;
using Amble.App.Settings;
using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Amble.App.Web;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Local.Cards;
using Amble.Messages;

namespace Amble.App;

/// <summary>A crawler with its store: what a command opens, uses and closes.</summary>
public interface INode : IAsyncDisposable
{
    ICrawlRuntime Runtime { get; }

    IPageReads Reads { get; }

    IReportReads Reports { get; }

    IPageLists Lists { get; }

    /// <summary>What those who watch a job are told.</summary>
    ILiveReads Live { get; }

    /// <summary>What operators look into while it runs.</summary>
    IInspection Inspection { get; }

    /// <summary>What operators look up in the store.</summary>
    IInspectionReads Stored { get; }

    /// <summary>How politely sites were asked.</summary>
    IPolitenessReads Politeness { get; }

    /// <summary>What the store has of cards.</summary>
    ICardReads CardReads => NoCards.Instance;

    /// <summary>What it tells those who collect metrics.</summary>
    Meter Meter { get; }

    /// <summary>What expires, and how it goes.</summary>
    IRetention Retention => Nothing;

    /// <summary>Takes the hits of whoever serves this node's pages.</summary>
    IAccessLog AccessLog { get; }

    /// <summary>What the access log has come to.</summary>
    IAccessReads Access { get; }

    /// <summary>Completes with one sentence when the node has ended by itself: the process is to end.</summary>
    Task<string> WhenLost => Never;

    /// <summary>Of a node that ends only when it is told to.</summary>
    static Task<string> Never { get; } = new TaskCompletionSource<string>().Task;

    private static readonly IRetention Nothing = new RetentionDesk();
}

/// <summary>What a node is opened with.</summary>
/// <param name="Directory">The data directory; it exists and this process holds its lock.</param>
/// <param name="MaxInFlight">Most requests in flight for all jobs together; null leaves it to each job.</param>
/// <param name="Only">Start URLs whose unfinished jobs are taken up; other jobs stay as they are and none of their domains is woken. Null takes up all.</param>
public sealed record NodeSettings(
    string Directory, int? MaxInFlight, IReadOnlyList<PageUrl>? Only, CrawlSettings Crawl, WriterQueueSettings Writer, WebSettings Web)
{
    /// <summary>Budgets that end endless sites.</summary>
    public TrapSettings Traps { get; init; } = TrapSettings.Default;

    /// <summary>How long what was crawled is kept.</summary>
    public RetentionSettings Retention { get; init; } = RetentionSettings.Default;

    /// <summary>The PostgreSQL database that is the store; null when the directory has it.</summary>
    public string? Postgres { get; init; }

    /// <summary>How the access log is stored, where pages are served.</summary>
    public AccessLogSettings AccessLog { get; init; } = AccessLogSettings.Default;

    /// <summary>When cards are drawn, and what they may cost.</summary>
    public CardSettings Cards { get; init; } = CardSettings.Default;

    /// <summary>Who draws them, once it is there; null draws none.</summary>
    public Task<ICardArtist?>? Artist { get; init; }

    /// <summary>How it is a node of a cluster; null is the one-process runtime.</summary>
    public Membership? Member { get; init; }
}

/// <summary>The one place where store, web and runtime are put together.</summary>
public static class Wiring
{
    private static readonly TimeSpan _wakeEvery = TimeSpan.FromSeconds(1);

    // One process has the store to itself: its lives follow each other.
    private const string OnlyNode = "this node";

    // Over a network a turn waits, for a few round trips and for the disk of the server, whatever it does. With SQLite's turns of 20 ms a
    // slow network would leave room for one command a turn, and no reader waits for the writer here.
    private static readonly TimeSpan _turnOnPostgres = TimeSpan.FromMilliseconds(100);

    /// <exception cref="StoreUnavailableException">The store cannot be opened.</exception>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public static INode OpenNode(NodeSettings settings)
    {
        if (settings.Member is { } member) return ClusterPart.OpenNode(settings, member);
        var store = OpenStore(settings);
        var web = new WebFetcher(settings.Web, TimeProvider.System);
        var reads = settings.Only is { } only ? store.Reads.OnlyFor(only) : store.Reads;
        var meter = NodeMeter.New();
        var local = new LocalSettings(settings.Crawl, WriterOf(settings), settings.MaxInFlight, _wakeEvery, TellSurprise)
        {
            Turns = new TurnMeter(meter),
            Retention = RetentionOf(settings, store.Retention),
            Cards = CardsOf(settings, store.Reads),
        };
        var runtime = new LocalRuntime(new PoolScheduler(TimeProvider.System), reads, store.Writes, web, local);
        return new Node(runtime, runtime.OpenLog(settings.AccessLog, Guid.NewGuid(), OnlyNode, Random.Shared.NextDouble), store, web, meter);
    }

    internal static WriterQueueSettings WriterOf(NodeSettings settings) =>
        settings.Postgres is not null && settings.Writer.Turn == WriterQueueSettings.Default.Turn ? settings.Writer with { Turn = _turnOnPostgres } : settings.Writer;

    internal static StoreKeeping KeepingOf(NodeSettings settings) => new(settings.Retention, TimeProvider.System);

    internal static RetentionSurroundings RetentionOf(NodeSettings settings, IRetentionStore store) => new(
        settings.Retention, store, settings.Postgres is null ? new DriveProbe(settings.Directory) : new NoProbe(), said => Console.Error.WriteLine($"amble: {said}"));

    /// <summary>What cards are made with; null when nobody draws.</summary>
    internal static CardSupplies? CardsOf(NodeSettings settings, ReadStore reads) =>
        settings.Artist is { } artist ? new CardSupplies(settings.Cards, artist, reads, reads, reads, reads, TellSurprise) { Views = new StoredViews(reads) } : null;

    private static IStore OpenStore(NodeSettings settings)
    {
        try
        {
            return settings.Postgres is { } connection
                ? PostgresStore.Open(connection, Unpack, settings.Traps, $"a process {Environment.ProcessId} of Amble on {Environment.MachineName}", KeepingOf(settings))
                : SqliteStore.Open(settings.Directory, Unpack, settings.Traps, KeepingOf(settings));
        }
        catch (StoreProblemException problem)
        {
            throw new StoreUnavailableException(problem.Message, full: false, problem);
        }
    }

    internal static IEnumerable<(string, string)> Unpack(byte[] packed) => OutlinksPack.Unpack(packed).Select(link => (link.Url.Text, link.Anchor));

    internal static void TellSurprise(string key, Exception surprise) =>
        Console.Error.WriteLine($"amble: a fault in {TerminalText.Clean(key)}, which is taken up again from what is stored: {surprise}");

    private sealed class Node(LocalRuntime runtime, IAccessLog log, IStore store, WebFetcher web, Meter meter) : StoredNode
    {
        public override ICrawlRuntime Runtime => runtime;

        public override IInspection Inspection => runtime.Inspection;

        public override IRetention Retention => runtime.Retention;

        public override IAccessLog AccessLog => log;

        public override Meter Meter => meter;

        protected override ReadStore Store => store.Reads;

        public override async ValueTask DisposeAsync()
        {
            await runtime.DisposeAsync();
            web.Dispose();
            store.Dispose();
            meter.Dispose();
        }
    }
}
