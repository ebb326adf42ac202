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
/// Lives one plan to its end: the real Local runtime on the real store, with virtual time, a scripted web, a disk that fails and stalls
/// now and then, and a process that is killed and started again.
/// </summary>
internal sealed class SimulatedLife : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromHours(60);
    private static long _lives;

    private readonly LifePlan _plan;
    private readonly Random _chance;
    private readonly SimScheduler _scheduler;
    private readonly SqliteStore _store;
    private readonly Dictionary<PageUrl, JobId> _jobs = [];
    private readonly List<Incarnated> _incarnations = [];
    private readonly List<Exception> _crashes = [];
    private readonly HashSet<DeathAtStep> _died = [];
    private int? _retryAskedBy;
    private LocalRuntime _runtime = null!;
    private SimScheduler.Incarnation _process = null!;
    private int _intakeAllowed;

    public SimulatedLife(LifePlan plan)
    {
        _plan = plan;
        _chance = new Random(plan.Seed ^ 0x5EED);
        _scheduler = new SimScheduler(_chance, LifePlan.Begin) { Stall = plan.Stall };
        _store = SqliteStore.OpenInMemory($"life-{plan.Seed}-{Interlocked.Increment(ref _lives)}", packed => OutlinksPack.Unpack(packed).Select(l => (l.Url.Text, l.Anchor)));
    }

    public LifePlan Plan => _plan;
    public SqliteStore Store => _store;
    public LifeRecord Record { get; } = new();
    public long Steps => _scheduler.Steps;
    public TimeSpan Lived => _scheduler.Now - LifePlan.Begin;
    public IReadOnlyList<Exception> Crashes => _crashes;
    public IReadOnlyList<Incarnated> Incarnations => _incarnations;
    public int Deaths => _incarnations.Count - 1;
    public IEnumerable<JobView> Jobs => _jobs.Values.Select(id => _store.Reads.ReadJob(id)!);
    public RuntimeHealth Health => _runtime.Health;
    public bool Retried => _retryAskedBy is not null;
    public bool Ended { get; private set; }

    /// <summary>Sitemap files that the judge found read, so that a world without any would be noticed.</summary>
    public int SitemapsRead { get; set; }

    /// <summary>The same of second visits.</summary>
    public long SecondVisits { get; set; }

    /// <summary>The same of pages that had not changed.</summary>
    public long NotModified { get; set; }

    /// <summary>Things that have a card in the end; what was drawn for nothing would be noticed.</summary>
    public long Cards => _store.Reads.ReadCardSums(_scheduler.Now).Named;

    public void Live()
    {
        // With a test runner's context in place, continuations would run on other threads.
        SynchronizationContext.SetSynchronizationContext(null);
        Begin();
        foreach (var death in _plan.Deaths) _scheduler.At(death, DieAndBeginAgain);
        if (_plan.Cancel is { } cancel) _scheduler.At(cancel.At, () => Cancel(_plan.Jobs[cancel.Job].Job.Start));
        _scheduler.At(LifePlan.Begin + _plan.LookEvery, LookWhetherAllEnded);
        while (!Ended && _scheduler.Steps < _plan.MostSteps && Lived < _longest && _scheduler.Step()) Record.IntakeHeld(_runtime.Health.Waiting, _intakeAllowed);
    }

    public void Dispose()
    {
        _runtime.Kill();
        _store.Dispose();
    }

    private void Begin()
    {
        _process = _scheduler.Incarnate();
        var incarnation = _incarnations.Count;
        var isShared = _plan.SharesConcurrency ?? _chance.Next(2) == 0;
        var pool = isShared ? _plan.Concurrency : _plan.Concurrency * _plan.Jobs.Count;
        // Half the intake, then what was in flight when it was half full: at most two parts of links, its close and a caution each; and
        // what needs no permit: the closing of what is kept out, a domain's rest, a job's steps.
        _intakeAllowed = _plan.Intake / 2 + 4 * pool + 8 * _plan.Sites.Count + 4 * _plan.Jobs.Count;
        Record.Incarnate(pool);
        var writes = new TroubledStore(_store.Writes, () => _scheduler.Now, Record, incarnation, _chance, _plan.Trouble, DiesAtTurn, DieAndBeginAgain);
        IReadStore reads = new SlicedReads(_store.Reads);
        if (_plan.Trouble > 0) reads = new TroubledReads(reads, _chance, _plan.Trouble / 2);
        var web = new SimWeb(_scheduler, _process, incarnation, _plan.Sites, Record, _chance);
        var settings = new LocalSettings(
            _plan.Crawl, WriterQueueSettings.Default with { Entries = _plan.Intake }, isShared ? _plan.Concurrency : null, _plan.LookEvery, (_, surprise) => _crashes.Add(surprise))
        {
            Cards = _plan.Draws ? SimArtist.Supplies(_store.Reads, _crashes) : null,
        };
        _runtime = new LocalRuntime(_process, reads, writes, web, settings);
        _incarnations.Add(new Incarnated(_scheduler.Now, null, new Dictionary<string, DomainMemory>()));
        _runtime.Start();
        foreach (var (at, job) in _plan.Jobs)
        {
            if (!_jobs.ContainsKey(job.Start)) _scheduler.At(at, () => Create(job, incarnation));
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
        Task<JobSpec> creating;
        try
        {
            creating = _runtime.CreateAsync(job, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            _scheduler.At(_scheduler.Now.AddSeconds(1), () => Create(job, incarnation));
            return;
        }
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

    // Each death comes once: the same command is handed over again by the next life.
    private bool? DiesAtTurn()
    {
        if (_plan.DeathsAtTurns.FirstOrDefault(death => death.Turn == Record.Turns) is { } atTurn) return atTurn.Stored;
        if (_plan.DeathsAtSteps.FirstOrDefault(death => !_died.Contains(death) && Record.Kinds.GetValueOrDefault(death.Kind) >= death.Nth) is not { } atStep) return null;
        _died.Add(atStep);
        Record.DeathsAtSteps++;
        return atStep.Stored;
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

    private void LookWhetherAllEnded()
    {
        if (AllEnded && !(Ended = !_plan.RetriesEnded || IsRetryOver))
        {
            if (_retryAskedBy is null) _ = _runtime.RetryAsync(_jobs[_plan.Jobs[0].Job.Start], CancellationToken.None);
            _retryAskedBy ??= _incarnations.Count;
        }
        if (!Ended) _scheduler.At(_scheduler.Now + _plan.LookEvery, LookWhetherAllEnded);
    }

    // Whoever asked for it and died does not ask again; what had begun of it goes on by itself. Seen in what was committed: when the
    // one who asked hears of it is a matter of real threads.
    private bool IsRetryOver =>
        _retryAskedBy is { } asker && (Record.Kinds.ContainsKey(typeof(WriterProtocol.EndRetry)) || asker != _incarnations.Count);

    private bool AllEnded => _jobs.Count == _plan.Jobs.Count && _plan.Deaths.All(d => d < _scheduler.Now) && Jobs.All(j => j.State >= JobState.Completed)
        && _runtime.Health is { DomainsAwake: 0, Waiting: 0 };
}
