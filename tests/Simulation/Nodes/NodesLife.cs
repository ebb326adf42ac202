using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>What a node read of a domain when it began to own it.</summary>
/// <param name="At">By the world's clock.</param>
internal sealed record LoadSeen(DateTimeOffset At, DomainMemory Memory);

/// <summary>
/// Lives one plan to its end: several runtimes on one store, each with its own clock, a table that says where each domain lives, leases and
/// one writer. Jobs live on the first node.
/// </summary>
internal sealed class NodesLife : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromHours(6);
    private static long _lives;

    private readonly Dictionary<DomainName, int> _homes = [];
    private readonly Dictionary<PageUrl, Task<JobSpec>> _creating = [];
    private readonly List<SimNode> _nodes = [];
    private readonly Dictionary<(int Incarnation, DomainName Domain), List<LoadSeen>> _loads = [];
    private int _incarnations;

    public NodesLife(NodesPlan plan, Omission omits = Omission.Nothing)
    {
        (Plan, Omits, Chance) = (plan, omits, new Random(plan.Seed ^ 0x5EED));
        World = new SimScheduler(Chance, LifePlan.Begin);
        Store = SqliteStore.OpenInMemory($"nodes-{plan.Seed}-{Interlocked.Increment(ref _lives)}", packed => OutlinksPack.Unpack(packed).Select(l => (l.Url.Text, l.Anchor)));
        Leases = new SimLeases(() => World.Now, omits != Omission.WaitForTheFormerLease);
        Writers = new SimWriters(Store.Writes, World, omits != Omission.TheWritersEpoch);
        Record.Incarnate(1_000_000);
    }

    public NodesPlan Plan { get; }
    public Omission Omits { get; }
    public Random Chance { get; }
    public SimScheduler World { get; }
    public SqliteStore Store { get; }
    public SimLeases Leases { get; }
    public SimWriters Writers { get; }
    public LifeRecord Record { get; } = new();
    public List<Exception> Crashes { get; } = [];

    /// <summary>When a process was frozen, was cut off or died.</summary>
    public List<(int Incarnation, DateTimeOffset At)> Troubled { get; } = [];

    /// <summary>What was asked by somebody whom the leases did not let.</summary>
    public List<string> Trespasses { get; } = [];

    public bool Ended { get; private set; }
    public TimeSpan Lived => World.Now - LifePlan.Begin;
    public IEnumerable<JobView> Jobs => _creating.Values.Where(c => c.IsCompletedSuccessfully).Select(c => Store.Reads.ReadJob(c.Result.Id)!);

    public void Live()
    {
        // With a test runner's context in place, continuations would run on other threads.
        SynchronizationContext.SetSynchronizationContext(null);
        for (var number = 0; number < Plan.Ahead.Count; number++) _nodes.Add(new SimNode(this, number, _incarnations++));
        foreach (var site in Plan.Sites.Values) site.Arrived = arrival => Judge(site, arrival);
        var at = LifePlan.Begin;
        foreach (var job in Plan.Jobs)
        {
            if (Plan.CreatesEvery == TimeSpan.Zero) Create(job);
            else World.At(at += Plan.CreatesEvery, () => Create(job));
        }
        foreach (var trouble in Plan.Troubles) World.At(trouble.At, () => Befall(trouble));
        World.At(LifePlan.Begin.AddSeconds(1), Look);
        while (!Ended && World.Steps < Plan.MostSteps && Lived < _longest && World.Step()) { }
    }

    public void Loaded(SimNode node, DomainMemory memory)
    {
        if (!_loads.TryGetValue((node.Incarnation, memory.Name), out var loads)) _loads[(node.Incarnation, memory.Name)] = loads = [];
        loads.Add(new LoadSeen(World.Now, memory));
    }

    /// <summary>What a process last read of a domain by then; null when it did not.</summary>
    public LoadSeen? LastLoad(int incarnation, DomainName domain, DateTimeOffset by) =>
        _loads.TryGetValue((incarnation, domain), out var loads) ? loads.FindLast(load => load.At <= by) : null;

    /// <summary>Carries a command to where its receiver lives; false when that is at the sender's.</summary>
    public bool Carry(SimNode from, object command)
    {
        var home = command is DomainProtocol.ICommand m ? HomeOf(m.Domain) : 0;
        if (home == from.Number) return false;
        var to = _nodes[home];
        // Whoever is cut off neither hears nor is heard; what was said is lost.
        if (from.IsCutOff || to.IsCutOff) return true;
        to.Process.At(World.Now + TimeSpan.FromMilliseconds(Chance.NextDouble() * 5), () => to.Runtime.Hear(command));
        return true;
    }

    public void Dispose()
    {
        foreach (var node in _nodes) node.Runtime.Kill();
        Store.Dispose();
    }

    private int HomeOf(DomainName domain)
    {
        if (!_homes.TryGetValue(domain, out var home)) _homes[domain] = home = _homes.Count % _nodes.Count;
        return home;
    }

    private void Judge(SimSite site, Arrival arrival)
    {
        var node = _nodes.Find(n => n.Incarnation == arrival.Incarnation);
        var owner = Leases.OwnerOf(DomainName.Of(site.Host, 80));
        if (owner is null || owner != node?.Epoch) Trespasses.Add($"{site.Host} was asked for {arrival.Path} at {arrival.At - LifePlan.Begin} by process {arrival.Incarnation}, which did not own it");
    }

    private void Create(NewJob job)
    {
        if (_creating.TryGetValue(job.Start, out var creating) && !creating.IsFaulted) return;
        try
        {
            _creating[job.Start] = _nodes[0].Runtime.CreateAsync(job, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The intake is full for the moment.
            World.At(World.Now.AddSeconds(1), () => Create(job));
        }
    }

    private void Befall(Befalls trouble)
    {
        var node = _nodes[trouble.Node];
        if (trouble.What is Trouble.Death or Trouble.Freeze or Trouble.CutOff) Troubled.Add((node.Incarnation, World.Now));
        switch (trouble.What)
        {
            case Trouble.Death:
                if (node.Process.Dead || _creating.Values.Any(c => !c.IsCompleted)) return;
                node.Die();
                World.At(World.Now + trouble.For, () => _nodes[node.Number] = new SimNode(this, node.Number, _incarnations++));
                Leaves(node);
                break;
            case Trouble.Freeze:
                node.Freeze(trouble.For);
                Leaves(node);
                break;
            case Trouble.CutOff:
                node.CutOff(trouble.For);
                Leaves(node);
                break;
            case Trouble.HandOver:
                foreach (var domain in _homes.Keys.ToArray()) if (_homes[domain] == node.Number && Chance.Next(Plan.HandsOverOneIn) == 0) Move(domain);
                break;
            case Trouble.SecondWriter:
                Writers.Freeze(trouble);
                break;
        }
    }

    // The others notice after a while, and take over what lived there.
    private void Leaves(SimNode node) => World.At(World.Now + TimeSpan.FromSeconds(Chance.NextDouble() * (Chance.Next(2) == 0 ? 1 : 8)), () =>
    {
        if (_nodes[node.Number] != node || !node.Process.Dead && !node.IsFrozen && !node.IsCutOff) return;
        foreach (var domain in _homes.Keys.ToArray()) if (_homes[domain] == node.Number) Move(domain);
    });

    private void Move(DomainName domain)
    {
        var former = _nodes[_homes[domain]];
        _homes[domain] = (former.Number + 1) % _nodes.Count;
        // Whoever is cut off hears of it when it is back.
        former.Process.At(former.IsCutOff ? former.CutOffUntil : World.Now, () => former.Runtime.HandOver(domain));
        var next = _nodes[_homes[domain]];
        next.Process.At(World.Now, () => next.Runtime.Hear(new DomainProtocol.Wake(domain)));
    }

    private void Look()
    {
        // Cheap first: with many jobs, a look at each of them at every second would cost more than the life.
        Ended = Writers.JobsEnded >= Plan.Jobs.Count && Plan.Troubles.All(t => t.At + t.For < World.Now) && Jobs.Count() == Plan.Jobs.Count && Jobs.All(j => j.State >= JobState.Completed)
            && Writers.IsQuiet && _nodes.All(n => n.Runtime.Health is { DomainsAwake: 0, Waiting: 0 });
        if (!Ended) World.At(World.Now.AddSeconds(1), Look);
    }
}
