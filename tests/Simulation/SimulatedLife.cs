using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>When a process began and died.</summary>
internal sealed record Incarnated(DateTimeOffset From, DateTimeOffset? Died, IReadOnlyDictionary<string, DomainMemory> StoredAtDeath);

/// <summary>
/// Lives one plan to its end: the real Local runtime on the real store, with virtual time, a scripted web, a store that fails now and
/// then, and a process that is killed and started again.
/// </summary>
internal sealed class SimulatedLife : IDisposable
{
    private const long MostSteps = 400_000;
    private static readonly TimeSpan _longest = TimeSpan.FromHours(30);

    private readonly LifePlan _plan;
    private readonly Random _chance;
    private readonly SimScheduler _scheduler;
    private readonly SqliteStore _store;
    private readonly Dictionary<PageUrl, JobId> _jobs = [];
    private readonly List<Incarnated> _incarnations = [];
    private readonly List<Exception> _crashes = [];
    private LocalRuntime _runtime = null!;
    private SimScheduler.Incarnation _process = null!;
    private bool _faults;

    public SimulatedLife(LifePlan plan)
    {
        _plan = plan;
        _chance = new Random(plan.Seed ^ 0x5EED);
        _scheduler = new SimScheduler(_chance, LifePlan.Begin);
        _store = SqliteStore.OpenInMemory($"life-{plan.Seed}", packed => OutlinksPack.Unpack(packed).Select(l => (l.Url.Text, l.Anchor)));
    }

    public LifePlan Plan => _plan;
    public SqliteStore Store => _store;
    public long Steps => _scheduler.Steps;
    public TimeSpan Lived => _scheduler.Now - LifePlan.Begin;
    public IReadOnlyList<Exception> Crashes => _crashes;
    public IReadOnlyList<Incarnated> Incarnations => _incarnations;
    public IEnumerable<JobView> Jobs => _jobs.Values.Select(id => _store.Reads.ReadJob(id)!);
    public RuntimeHealth Health => _runtime.Health;
    public bool Ended { get; private set; }

    /// <summary>Sitemap files that the judge found read, so that a world without any would be noticed.</summary>
    public int SitemapsRead { get; set; }

    /// <summary>What a domain says of itself now; null when it sleeps.</summary>
    public DomainProtocol.Status? Status(DomainName domain)
    {
        var asking = _runtime.AskAsync(domain, CancellationToken.None);
        for (var steps = 0; !asking.IsCompleted && steps < 100 && _scheduler.Step(); steps++) { }
        return asking.IsCompletedSuccessfully ? asking.Result : null;
    }

    public void Live()
    {
        // With a test runner's context in place, continuations would run on other threads.
        SynchronizationContext.SetSynchronizationContext(null);
        Begin();
        foreach (var death in _plan.Deaths) _scheduler.At(death, DieAndBeginAgain);
        if (_plan.Cancel is { } cancel) _scheduler.At(cancel.At, () => Cancel(_plan.Jobs[cancel.Job].Job.Start));
        _scheduler.At(LifePlan.Begin + TimeSpan.FromSeconds(1), LookWhetherAllEnded);
        while (!Ended && _scheduler.Steps < MostSteps && Lived < _longest && _scheduler.Step()) { }
    }

    public void Dispose()
    {
        _runtime.Kill();
        _store.Dispose();
    }

    private void Begin()
    {
        _process = _scheduler.Incarnate();
        _faults = _plan.StoreFaults > 0;
        IWriteStore writes = _faults ? new FaultyStore(_store.Writes, _chance, _plan.StoreFaults) : _store.Writes;
        var web = new SimWeb(_scheduler, _process, _incarnations.Count, _plan.Sites, _chance);
        var settings = new LocalSettings(new CrawlSettings(), WriterQueueSettings.Default, _chance.Next(2) == 0 ? _plan.Concurrency : null, TimeSpan.FromSeconds(1), (_, surprise) => _crashes.Add(surprise));
        _runtime = new LocalRuntime(_process, _store.Reads, writes, web, settings);
        _incarnations.Add(new Incarnated(_scheduler.Now, null, new Dictionary<string, DomainMemory>()));
        _runtime.Start();
        foreach (var (at, job) in _plan.Jobs)
        {
            if (!_jobs.ContainsKey(job.Start)) _scheduler.At(at, () => Create(job, _incarnations.Count - 1));
        }
    }

    // As the command line does: an unfinished job of this start URL is taken up, else a new one is made.
    private void Create(NewJob job, int incarnation)
    {
        if (_process.Dead || incarnation != _incarnations.Count - 1 || _jobs.ContainsKey(job.Start)) return;
        if (_store.Reads.ReadUnfinished(job.Start) is { } unfinished)
        {
            _jobs[job.Start] = unfinished.Job.Id;
            return;
        }
        var creating = _runtime.CreateAsync(job, CancellationToken.None);
        void Look()
        {
            if (creating.IsCompletedSuccessfully) _jobs[job.Start] = creating.Result.Id;
            else if (!creating.IsFaulted && incarnation == _incarnations.Count - 1) _scheduler.At(_scheduler.Now + TimeSpan.FromMilliseconds(5), Look);
        }
        Look();
    }

    private void Cancel(PageUrl start)
    {
        if (_jobs.TryGetValue(start, out var job)) _ = _runtime.CancelAsync(job, CancellationToken.None);
    }

    private void DieAndBeginAgain()
    {
        if (Ended) return;
        _process.Dead = true;
        _runtime.Kill();
        _incarnations[^1] = _incarnations[^1] with
        {
            Died = _scheduler.Now,
            StoredAtDeath = _plan.Sites.Keys.ToDictionary(h => h, h => _store.Reads.ReadDomain(DomainName.Of(h, 80)).Memory),
        };
        Begin();
    }

    public Action<string>? Trace { get; set; }
    private void LookWhetherAllEnded()
    {
        if (Trace is not null && Lived < TimeSpan.FromSeconds(120))
            foreach (var h in _plan.Sites.Keys) { var d = DomainName.Of(h, 80); var asking = _runtime.AskAsync(d, default); var at = Lived; _scheduler.At(_scheduler.Now + TimeSpan.FromMilliseconds(900), () => Trace($"{at} {h} {(asking.IsCompleted ? asking.Result : "not answered")} {Health} {_store.Reads.ReadDomain(d).Memory.Awake}")); }
        if (_jobs.Count == _plan.Jobs.Count && _plan.Deaths.All(d => d < _scheduler.Now) && Jobs.All(j => j.State >= JobState.Completed) && _runtime.Health is { DomainsAwake: 0, Waiting: 0 })
        {
            Ended = true;
            return;
        }
        _scheduler.At(_scheduler.Now + TimeSpan.FromSeconds(1), LookWhetherAllEnded);
    }
}
