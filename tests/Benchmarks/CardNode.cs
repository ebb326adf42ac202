using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Amble.App;
using Amble.App.Cards;
using Amble.App.Http;
using Amble.App.Measured;
using Amble.App.Settings;
using Amble.App.Sql;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Local.Cards;
using Amble.Messages;
using Microsoft.AspNetCore.Builder;

namespace Amble.Benchmarks;

/// <summary>The product on a database with a large job, its doors open without a limit, a web that answers at once, and this build's painter.</summary>
internal sealed class CardNode : StoredNode, IWriteStore
{
    private readonly SqliteStore _store;
    private readonly LocalRuntime _runtime;
    private readonly WebApplication _app;
    private readonly Dictionary<JobId, long> _begun = [];

    /// <param name="pages">Of each job that is created here.</param>
    public CardNode(string directory, CardSettings settings, Task<ICardArtist?> artist, int pages)
    {
        _store = SqliteStore.Open(directory, packed => OutlinksPack.Unpack(packed).Select(link => (link.Url.Text, link.Anchor)));
        var web = new ListedWeb(pages, readings: 1, (request, page) => ListedWeb.Answer(
            200, TimeSpan.FromMilliseconds(5), null, new Messages.PageContent($"Page {page} of {request.Url.Host}", null, false, false, [], [], 0, OutlinksPack.Pack([]))));
        var supplies = new CardSupplies(settings, artist, _store.Reads, _store.Reads, _store.Reads, _store.Reads, (who, fault) => Environment.FailFast(who, fault));
        _runtime = new LocalRuntime(
            new PoolScheduler(TimeProvider.System), _store.Reads, this, web,
            new LocalSettings(new CrawlSettings(), WriterQueueSettings.Default, 16, TimeSpan.FromSeconds(1), (who, fault) => Environment.FailFast(who, fault)) { Cards = supplies });
        AccessLog = _runtime.OpenLog(AccessLogSettings.Default, Guid.NewGuid(), "the benchmark", Random.Shared.NextDouble);
        var set = SettingsReader.Read(null, [KeyValuePair.Create("AMBLE_LIMITER__PERSECOND", "0")], new Dictionary<string, string> { ["--data"] = directory }).Settings;
        _app = NodeServer.Build(new ServeNode(this, set, new TokenFile(directory)) { Artist = artist }, [new IPEndPoint(IPAddress.Loopback, 0)], socket: null);
    }

    /// <summary>How long each job that ended here took from its last page to its end, in milliseconds.</summary>
    public Figures JobEnds { get; } = new();

    /// <summary>Turns that found the store busy or not there.</summary>
    public int Troubles { get; private set; }

    public Uri Address => new(_app.Urls.First());
    public override ICrawlRuntime Runtime => _runtime;
    public override IInspection Inspection => _runtime.Inspection;
    public override IRetention Retention => _runtime.Retention;
    public override IAccessLog AccessLog { get; }
    public override Meter Meter { get; } = NodeMeter.New();
    protected override ReadStore Store => _store.Reads;

    public async Task StartAsync()
    {
        await _app.StartAsync();
        _runtime.Start();
        AccessLog.Start([]);
    }

    /// <summary>Crawls one more site to its end.</summary>
    public async Task CrawlAsync(PageUrl start)
    {
        var job = await _runtime.CreateAsync(new NewJob(start, JobLimits.None, 16, Unpaced: true, Warm: false), CancellationToken.None);
        await _runtime.WhenEndedAsync(job.Id, CancellationToken.None);
    }

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        IReadOnlyList<WriterProtocol.IReply> replies;
        try
        {
            replies = _store.Writes.Commit(commands);
        }
        catch (StoreUnavailableException)
        {
            Troubles++;
            throw;
        }
        foreach (var command in commands)
        {
            if (command is WriterProtocol.BeginEnd begin) _begun.TryAdd(begin.Job, Stopwatch.GetTimestamp());
            if (command is WriterProtocol.EndJob end && _begun.Remove(end.Job, out var at)) JobEnds.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }
        return replies;
    }

    public override async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runtime.StopAsync(TimeSpan.FromSeconds(5));
        await _runtime.DisposeAsync();
        _store.Dispose();
        Meter.Dispose();
    }

    /// <summary>This build's painter; null when it has none.</summary>
    public static Task<ICardArtist?> Artist() => CardHand.OpenAsync(CardPainting.Begin(CardPainting.ShippedFonts));
}
