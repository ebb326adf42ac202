using Amble.Behaviours.Crawl;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local;

/// <summary>All entities of the process and what they share: the store's reads, the web, the writer, the permits.</summary>
internal sealed class World
{
    // A waker that finds more due than this wakes the rest a moment later.
    private const int WakeAtOnce = 100_000;

    private static readonly TimeSpan _rebirth = TimeSpan.FromSeconds(1);

    // After a read of the store failed, it is tried again this much later.
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Entities<DomainState> _domains;
    private readonly Entities<JobLife> _jobs;
    private readonly LocalSettings _settings;
    private readonly Neighbours _neighbours;

    public World(IScheduler scheduler, IReadStore reads, IWeb web, IWriterLane writer, Permits permits, ICards cards, LocalSettings settings, Neighbours neighbours)
    {
        (_settings, _neighbours) = (settings, neighbours);
        Outside = new Outside(scheduler, reads, web, writer, permits, settings.OnCrash, reply => JobAnswered?.Invoke(reply), _stop.Token) { Ownership = neighbours.Ownership, Cards = cards };
        neighbours.Ownership.Lost += Forget;
        _domains = new Entities<DomainState>(new DomainBehaviour(settings.Crawl), (key, kin) => new Life(this, kin, () => Tell(new DomainProtocol.Wake(DomainName.FromStored(key)))));
        _jobs = new Entities<JobLife>(new JobBehaviour(), (key, kin) => new Life(this, kin, () => TakeUpJobs(j => j.ToString() == key)));
    }

    /// <summary>A step of a job's life is stored. Raised on the writer's thread.</summary>
    public event Action<WriterProtocol.IReply>? JobAnswered;

    public Outside Outside { get; }
    public int DomainsAwake => _domains.Count;

    public void Tell(object command)
    {
        if (!_neighbours.Carry(command)) Hear(command);
    }

    /// <summary>Speaks to whom it is for, here.</summary>
    public void Hear(object command)
    {
        switch (command)
        {
            case DomainProtocol.DropJob drop: _domains.TryPost(drop.Domain.Value, drop); break;
            case DomainProtocol.ICommand m: _domains.Post(m.Domain.Value, m); break;
            case JobProtocol.ICommand m: _jobs.Post(m.Job.ToString(), m); break;
            default: throw new InvalidOperationException($"Nobody understands {command.GetType().Name}.");
        }
    }

    /// <summary>The first of the domains that live, by name, and how many more there are.</summary>
    public (IReadOnlyList<DomainName> Names, long More) Awake(int limit)
    {
        var names = _domains.Keys.ToList();
        return ([.. names.Order(StringComparer.Ordinal).Take(limit).Select(DomainName.FromStored)], Math.Max(0, names.Count - limit));
    }

    public bool TryAsk(DomainName domain, Asked question) => _domains.TryPost(domain.Value, question);

    public void WakeDue(DateTimeOffset now)
    {
        foreach (var domain in Outside.Reads.ReadDue(now, WakeAtOnce))
        {
            // Who is awake already hears of new work from the commits themselves.
            if (!_domains.IsAwake(domain.Value)) Tell(new DomainProtocol.Wake(domain));
        }
    }

    /// <summary>A crash is told; the entity is born again a second later from what is stored, where its work is still open.</summary>
    public void OnCrash(string key, Exception exception, Action? rebirth)
    {
        _settings.OnCrash(key, exception);
        if (rebirth is not null) Outside.Scheduler.RunAt(Outside.Scheduler.Now + _rebirth, rebirth);
    }

    /// <summary>Takes up what the store has unfinished, as at a start.</summary>
    /// <param name="then">What may begin only when every job has heard of it.</param>
    public void TakeUpJobs(Func<JobId, bool> which, Action? then = null) => Outside.Scheduler.RunBlocking(() =>
    {
        if (Outside.Stopping.IsCancellationRequested) return;
        try
        {
            foreach (var job in Outside.Reads.ReadUnfinishedJobs())
            {
                if (which(job.Job)) Tell(job);
            }
            then?.Invoke();
        }
        catch (StoreUnavailableException)
        {
            Outside.Scheduler.RunAt(Outside.Scheduler.Now + _again, () => TakeUpJobs(which, then));
        }
    });

    /// <summary>Ends the life of a domain in order, since it moves to another node.</summary>
    public void HandOver(DomainName domain) => _domains.Leave(domain.Value);

    /// <summary>
    /// Tells jobs again that nothing of them is open. The answer that said so may have gone to a domain whose node had died, or whose life had
    /// just ended with its lease.
    /// </summary>
    public void TellDrainedAgain()
    {
        foreach (var job in Outside.Reads.ReadUnfinishedJobs())
        {
            if (job is not { State: JobState.Running, Pending: 0 }) continue;
            Tell(job);
            Tell(new JobProtocol.PendingReachedZero(job.Job));
        }
    }

    public void Kill()
    {
        _neighbours.Ownership.Lost -= Forget;
        _stop.Cancel();
        _domains.Kill();
        _jobs.Kill();
    }

    // Born again, they claim under the next epoch: the waker finds their work in the store.
    private void Forget(long epoch) => _domains.EndUnder(epoch);
}
