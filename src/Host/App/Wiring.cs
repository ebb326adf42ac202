using Amble.App.Cli;
using Amble.App.Settings;
using Amble.App.Sql;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;

namespace Amble.App;

/// <summary>A crawler with its store: what a command opens, uses and closes.</summary>
public interface INode : IAsyncDisposable
{
    ICrawlRuntime Runtime { get; }

    IPageReads Reads { get; }
}

/// <summary>What a node is opened with.</summary>
/// <param name="Directory">The data directory; it exists and this process holds its lock.</param>
/// <param name="MaxInFlight">Most requests in flight for all jobs together; null leaves it to each job.</param>
/// <param name="BarrenFor">A domain without one good answer for this long ends its job as blocked (P-13+).</param>
/// <param name="Only">Start URLs whose unfinished jobs are taken up; other jobs stay as they are and none of their domains is woken. Null takes up all.</param>
/// <param name="Brisk">The demo's pace: it starts at 300 ms, since nobody else uses that site.</param>
/// <param name="Contact">The URL in the user agent that tells site owners about this crawler; null for the usual one.</param>
public sealed record NodeSettings(
    string Directory, bool AllowPrivate, HostPort? ConnectTo, int? MaxInFlight, TimeSpan BarrenFor, IReadOnlyList<PageUrl>? Only, bool Brisk, string? Contact)
{
    /// <summary>Budgets that end endless sites.</summary>
    public TrapSettings Traps { get; init; } = TrapSettings.Default;
}

/// <summary>The one place where store, web and runtime are put together.</summary>
public static class Wiring
{
    private static readonly TimeSpan _wakeEvery = TimeSpan.FromSeconds(1);

    /// <exception cref="StoreUnavailableException">The store in the directory cannot be opened.</exception>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public static INode OpenNode(NodeSettings settings)
    {
        var store = OpenStore(settings.Directory, settings.Traps);
        var web = new WebFetcher(Web(settings), TimeProvider.System);
        var reads = settings.Only is { } only ? store.Reads.OnlyFor(only) : store.Reads;
        var local = new LocalSettings(new CrawlSettings { Pace = Pace(settings) }, WriterQueueSettings.Default, settings.MaxInFlight, _wakeEvery, TellSurprise);
        return new Node(new LocalRuntime(new PoolScheduler(TimeProvider.System), reads, store.Writes, web, local), store, web);
    }

    private static SqliteStore OpenStore(string directory, TrapSettings traps)
    {
        try
        {
            return SqliteStore.Open(directory, packed => OutlinksPack.Unpack(packed).Select(link => (link.Url.Text, link.Anchor)), traps);
        }
        catch (StoreProblemException problem)
        {
            throw new StoreUnavailableException(problem.Message, full: false, problem);
        }
    }

    private static WebSettings Web(NodeSettings settings)
    {
        var usual = new WebSettings { AllowPrivate = settings.AllowPrivate, ConnectTo = settings.ConnectTo?.ToString() };
        return settings.Contact is { } contact ? usual with { Contact = contact } : usual;
    }

    private static PaceSettings Pace(NodeSettings settings)
    {
        var usual = PaceSettings.Default with { GiveUpAfter = settings.BarrenFor };
        return settings.Brisk ? usual with { WarmUp = TimeSpan.FromMilliseconds(300), Floor = TimeSpan.FromMilliseconds(300) } : usual;
    }

    private static void TellSurprise(string key, Exception surprise) =>
        Console.Error.WriteLine($"amble: a fault in {TerminalText.Clean(key)}, which is taken up again from what is stored: {surprise}");

    private sealed class Node(LocalRuntime runtime, SqliteStore store, WebFetcher web) : INode
    {
        public ICrawlRuntime Runtime => runtime;

        public IPageReads Reads => store.Reads;

        public async ValueTask DisposeAsync()
        {
            await runtime.DisposeAsync();
            web.Dispose();
            store.Dispose();
        }
    }
}
