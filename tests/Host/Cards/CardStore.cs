using System.Diagnostics.Metrics;
using System.Net;
using Amble.App;
using Amble.App.Http;
using Amble.App.Measured;
using Amble.App.Settings;
using Amble.App.Sql;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Host.Specs.Fakes;
using Amble.Host.Specs.Sql;
using Amble.Local;
using Amble.Local.Cards;
using Amble.Messages;
using Microsoft.AspNetCore.Builder;

namespace Amble.Host.Specs.Cards;

/// <summary>A database with one ended job, the one-process runtime on it with a flat artist, and its doors; nothing is crawled.</summary>
internal sealed class CardStore : StoredNode, IWriteStore
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;
    private readonly LocalRuntime _runtime;
    private WebApplication? _app;

    private readonly ManualResetEventSlim _answers = new(true);

    /// <param name="pages">Of the job, its start among them.</param>
    /// <param name="log">How hits are stored; null stores none.</param>
    public CardStore(int pages, CardSettings? settings = null, AccessLogSettings? log = null)
    {
        _store = SqliteStore.Open(_directory.Path, StoreFixture.Unpack);
        Fixture = StoreFixture.Of(_store);
        Settings = settings ?? CardSettings.Default;
        Job = Fixture.Create();
        var urls = Enumerable.Range(1, pages - 1).Select(page => StoreFixture.Url($"/{page}")).ToList();
        foreach (var (part, at) in urls.Chunk(500).Select((part, at) => (part, at)))
            _store.Writes.Commit([StoreFixture.Links(Fixture.Unit(Job, StoreFixture.Home).Key, [.. part.Select(url => new FoundUrl(url, 1, 0, ""))]) with { Part = at }]);
        foreach (var units in Fixture.Open().Where(unit => unit.Kind == UnitKind.Page).Chunk(500))
            _store.Writes.Commit([.. units.Select(unit => StoreFixture.Visited(unit.Key, unit.Url))]);
        Fixture.End(Job);
        var supplies = new CardSupplies(Settings, Task.FromResult<ICardArtist?>(Artist), _store.Reads, _store.Reads, _store.Reads, _store.Reads, (_, fault) => Faults.Add(fault));
        _runtime = new LocalRuntime(
            new PoolScheduler(TimeProvider.System), _store.Reads, this, new NoWeb(),
            new LocalSettings(CrawlSettings.Default, WriterQueueSettings.Default, null, TimeSpan.FromSeconds(1), (_, fault) => Faults.Add(fault)) { Cards = supplies });
        AccessLog = log is null ? new FakeLog() : _runtime.OpenLog(log, Guid.NewGuid(), "here", Random.Shared.NextDouble);
    }

    public StoreFixture Fixture { get; }
    public CardSettings Settings { get; }
    public JobId Job { get; }
    public FlatArtist Artist { get; } = new();
    public List<Exception> Faults { get; } = [];

    /// <summary>Every write fails, as on a disk that is mounted to be read only.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>No write is answered until <see cref="Answer"/>.</summary>
    public void Hang() => _answers.Reset();

    public void Answer() => _answers.Set();

    /// <summary>Turns that were tried.</summary>
    public int Turns { get; private set; }

    public HttpClient Http { get; private set; } = new();
    public override ICrawlRuntime Runtime => _runtime;
    public override IInspection Inspection => _runtime.Inspection;
    public override IRetention Retention => _runtime.Retention;
    public override IAccessLog AccessLog { get; }
    public override Meter Meter { get; } = NodeMeter.New();
    protected override ReadStore Store => _store.Reads;

    public IReadOnlyList<PageId> Pages => [.. _store.Reads.ReadVisits(Job, null, 100_000, null).Select(visit => visit.Page)];

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        Turns++;
        _answers.Wait();
        return IsReadOnly ? throw new StoreUnavailableException("The database can only be read.", full: false) : _store.Writes.Commit(commands);
    }

    /// <summary>Opens its doors; the limiter is off unless it is set.</summary>
    public async Task ServeAsync(params (string, string)[] options)
    {
        var settings = Door.Settings(options.Any(option => option.Item1 == "AMBLE_LIMITER__PERSECOND") ? options : [("AMBLE_LIMITER__PERSECOND", "0"), .. options]);
        var served = new ServeNode(this, settings, new TokenFile(_directory.Path)) { Artist = Task.FromResult<ICardArtist?>(Artist) };
        _app = NodeServer.Build(served, [new IPEndPoint(IPAddress.Loopback, 0)], socket: null);
        await _app.StartAsync();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task QuietAsync()
    {
        while (_runtime.Cards.Counts.UnderWay > 0) await Task.Yield();
    }

    public override async ValueTask DisposeAsync()
    {
        Artist.Open();
        Answer();
        Http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        await _runtime.DisposeAsync();
        _store.Dispose();
        Meter.Dispose();
        _answers.Dispose();
        _directory.Dispose();
    }

    private sealed class NoWeb : IWeb
    {
        public Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, CancellationToken stop) => throw new InvalidOperationException("Nothing is crawled here.");

        public Task<FetchOutcome> FetchSitemapAsync(FetchRequest request, IDeparture departure, StorePart store, CancellationToken stop) => throw new InvalidOperationException("Nothing is crawled here.");
    }
}
