using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local.Cards;
using Amble.Local.Intake;
using Amble.Messages;

namespace Amble.Local;

/// <summary>How one process runs a crawl.</summary>
/// <param name="SharedConcurrency">Bounds what is in flight for all jobs together; null bounds each job by its own concurrency.</param>
/// <param name="WakeEvery">How often the store is asked which sleeping domains are due.</param>
/// <param name="OnCrash">Told when a behaviour threw: a bug, met and contained.</param>
public sealed record LocalSettings(CrawlSettings Crawl, WriterQueueSettings Writer, int? SharedConcurrency, TimeSpan WakeEvery, Action<string, Exception> OnCrash)
{
    /// <summary>What cards are made with; null draws none.</summary>
    public CardSupplies? Cards { get; init; }

    /// <summary>Told of every write turn; null when nobody collects that.</summary>
    public TurnMeter? Turns { get; init; }

    /// <summary>What expires goes; null keeps everything.</summary>
    public RetentionSurroundings? Retention { get; init; }
}

/// <summary>The one-process runtime: a mailbox per domain and per job on the thread pool, one writer, one waker.</summary>
public sealed class LocalRuntime : ICrawlRuntime
{
    // Of the waker, between two rounds that tell jobs what they may have missed.
    private const int LooksPerRound = 10;

    private readonly RuntimeLifetime _scheduler;
    private readonly IReadStore _reads;
    private readonly LocalSettings _settings;
    private readonly LocalWriter _writer;
    private readonly Permits _permits;
    private readonly World _world;
    private readonly bool _isOneOfSeveral;
    private readonly RetentionDriver? _purging;
    private readonly RetentionDesk _retention = new();
    private IDisposable? _waker;
    private int _looks;
    private volatile bool _stopping;

    public LocalRuntime(IScheduler scheduler, IReadStore reads, IWriteStore writes, IWeb web, LocalSettings settings, Neighbours? neighbours = null)
    {
        (_scheduler, _reads, _settings) = (new RuntimeLifetime(scheduler), reads, settings);
        _writer = new LocalWriter(_scheduler, writes, settings.Writer, settings.Turns);
        _permits = new Permits(settings.SharedConcurrency, () => _writer.HasRoom);
        _writer.RoomMade = _permits.Grant;
        _isOneOfSeveral = neighbours is not null;
        if (settings.Retention is { } retention) _purging = _retention.Open(_scheduler, _writer, retention);
        Cards = settings.Cards is { } supplies ? new NodeCards(supplies, _scheduler, _writer, new LocalCardFlow()) : NoCards.Instance;
        _world = new World(_scheduler, reads, web, _writer, _permits, Cards, settings, neighbours ?? Neighbours.None);
        Inspection = new LocalInspection(_world, _writer, _scheduler);
    }

    /// <summary>What expires, and how it goes.</summary>
    public IRetention Retention => _retention;

    /// <summary>What operators look into.</summary>
    public IInspection Inspection { get; }

    /// <inheritdoc />
    public ICards Cards { get; }

    public RuntimeHealth Health => _writer.Health(_world.DomainsAwake, _permits.InFlight);

    /// <summary>The access log of this process; it stores nothing before it is started.</summary>
    /// <param name="life">A new identity.</param>
    /// <param name="node">The same for every life of this place.</param>
    /// <param name="chance">0 to 1, drawn for each wait before a retry.</param>
    public IAccessLog OpenLog(AccessLogSettings settings, Guid life, string node, Func<double> chance) =>
        new HitLog(_writer, new HitSource(life, node, _scheduler.Now), write =>
        {
            var intake = new LocalIntake<Hit>(_scheduler, settings, HitLog.Items, write, chance);
            return (intake, intake.Start);
        });

    // A domain that is woken before its job would speak to one that does not listen yet, and say only once that it parks or gives up.
    public void Start()
    {
        _purging?.Start();
        _world.TakeUpJobs(_ => true, then: WakeDue);
    }

    public Task<JobSpec> CreateAsync(NewJob job, CancellationToken stop) => WriteAsync(new WriterProtocol.CreateJob(job, _scheduler.Now), reply =>
    {
        var created = (WriterProtocol.JobCreated)reply;
        _world.Tell(new JobProtocol.TakeUp(created.Job.Id, JobState.Running, null, created.Start, 1));
        return created.Job;
    }, stop);

    public Task<bool> CancelAsync(JobId job, CancellationToken stop) => ListenAsync<bool>(
        reply => reply switch
        {
            WriterProtocol.EndBegun m when m.Job == job => m.Outcome == JobState.Cancelled,
            WriterProtocol.JobEnded m when m.Job == job => m.Outcome == JobState.Cancelled,
            _ => null,
        },
        () =>
        {
            if (_reads.ReadUnfinishedJob(job) is not { } unfinished) return false;
            _world.Tell(unfinished);
            _world.Tell(new JobProtocol.Cancel(job));
            return true;
        }, otherwise: false, stop);

    public Task WhenEndedAsync(JobId job, CancellationToken stop) => ListenAsync<bool>(
        reply => reply is WriterProtocol.JobEnded m && m.Job == job ? true : null, () => _reads.ReadUnfinishedJob(job) is not null, otherwise: true, stop);

    public async Task<long?> RetryAsync(JobId job, CancellationToken stop)
    {
        var retried = await ListenAsync<Retried>(
            reply => reply is WriterProtocol.JobRetried m && m.Job == job ? new Retried(m.Pending) : null,
            () =>
            {
                _world.Tell(new JobProtocol.Retry(job));
                return true;
            }, otherwise: default, stop).ConfigureAwait(false);
        return retried.Pending;
    }

    public Task<DomainProtocol.Status?> AskAsync(DomainName domain, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<DomainProtocol.Status?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_world.TryAsk(domain, new Asked(new DomainProtocol.GetStatus(domain), a => answer.TrySetResult((DomainProtocol.Status?)a)))) return Task.FromResult<DomainProtocol.Status?>(null);
        return answer.Task.WaitAsync(stop);
    }

    /// <summary>Takes what another node has for an entity that lives here.</summary>
    public void Hear(object command) => _world.Hear(command);

    /// <summary>Ends the life of a domain in order, since it moves to another node; what it had in hand is still open in the store.</summary>
    public void HandOver(DomainName domain) => _world.HandOver(domain);

    /// <summary>As a crash of the process would: nothing more is sent, stored or answered.</summary>
    public void Kill()
    {
        _stopping = true;
        _waker?.Dispose();
        _retention.Close();
        _permits.Close();
        // Its own part is done at once; the rest is a matter of real threads.
        _ = Cards.DisposeAsync().AsTask();
        _writer.Kill();
        _world.Kill();
        _scheduler.End();
    }

    public async Task StopAsync(TimeSpan deadline)
    {
        _stopping = true;
        _waker?.Dispose();
        _retention.Close();
        _permits.Close();
        var end = _scheduler.Now + deadline;
        await Cards.DrainAsync(deadline);
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Watch(quiet, end);
        await quiet.Task;
        Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _scheduler.Quiet;
    }

    private void Watch(TaskCompletionSource quiet, DateTimeOffset deadline)
    {
        if (_permits.InHand == 0 && _writer.IsQuiet || _scheduler.Now >= deadline) quiet.TrySetResult();
        else _scheduler.RunAt(_scheduler.Now + TimeSpan.FromMilliseconds(10), () => Watch(quiet, deadline));
    }

    // What follows from the commit happens on the writer's thread, before the caller hears of it.
    private Task<T> WriteAsync<T>(WriterProtocol.ICommand command, Func<WriterProtocol.IReply, T> follow, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_writer.Offer(command, reply => answer.TrySetResult(follow(reply)))) throw new StoreUnavailableException("The writer takes nothing more: too much waits to be stored.", full: false);
        return answer.Task.WaitAsync(stop);
    }

    /// <summary>Does something and waits until a job is answered what is waited for.</summary>
    /// <param name="hear">Null for what is not waited for.</param>
    /// <param name="begin">False when there is nothing to wait for.</param>
    private async Task<T> ListenAsync<T>(Func<WriterProtocol.IReply, T?> hear, Func<bool> begin, T otherwise, CancellationToken stop) where T : struct
    {
        var heard = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Listened for before anything is begun, so that what comes in between is not missed.
        _world.JobAnswered += Note;
        try
        {
            return begin() ? await heard.Task.WaitAsync(stop).ConfigureAwait(false) : otherwise;
        }
        finally
        {
            _world.JobAnswered -= Note;
        }

        void Note(WriterProtocol.IReply reply)
        {
            if (hear(reply) is { } answer) heard.TrySetResult(answer);
        }
    }

    private void WakeDue()
    {
        if (_stopping) return;
        try
        {
            Cards.Tick();
            _world.WakeDue(_scheduler.Now);
            if (_isOneOfSeveral && _looks++ % LooksPerRound == 0) _world.TellDrainedAgain();
        }
        catch (StoreUnavailableException)
        {
            // The next look, a moment later, finds the same domains.
        }
        _waker = _scheduler.RunAt(_scheduler.Now + _settings.WakeEvery, () => _scheduler.RunBlocking(WakeDue));
    }

    private readonly record struct Retried(long? Pending);
}
