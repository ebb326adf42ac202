using Amble.Behaviours.Crawl;
using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>One node: a process that runs a whole runtime, with a clock of its own; it may be frozen, cut off from all but the web, or die.</summary>
internal sealed class SimNode : IWriteStore
{
    private readonly NodesLife _life;
    private readonly LeasedOwnership _leased;

    /// <param name="incarnation">Counted over all processes of the life.</param>
    public SimNode(NodesLife life, int number, int incarnation)
    {
        (_life, Number, Incarnation) = (life, number, incarnation);
        Process = life.World.Incarnate(life.Plan.Ahead[number]);
        _leased = new LeasedOwnership(Process, life.Leases.From(() => IsCutOff, life.Chance, life.Plan.Share), $"node-{number}", LeaseSettings.Default);
        IOwnership ownership = life.Omits == Omission.LookAtTheLease ? new Heedless(_leased) : _leased;
        var reads = new CutOffReads(life.Store.Reads, () => IsCutOff, memory => life.Loaded(this, memory));
        var web = new SimWeb(life.World, Process, incarnation, life.Plan.Sites, life.Record, life.Chance);
        var settings = new LocalSettings(new CrawlSettings(), WriterQueueSettings.Default, null, life.Plan.WakeEvery, (_, surprise) => life.Crashes.Add(surprise));
        Runtime = new LocalRuntime(Process, reads, this, web, settings, new Neighbours(ownership, command => life.Carry(this, command)));
        _leased.Start();
        Runtime.Start();
    }

    public int Number { get; }
    public int Incarnation { get; }
    public SimScheduler.Incarnation Process { get; }
    public LocalRuntime Runtime { get; }
    public long? Epoch => _leased.Epoch;
    public bool IsFrozen => Process.FrozenUntil > _life.World.Now;
    public DateTimeOffset CutOffUntil { get; private set; }
    public bool IsCutOff => CutOffUntil > _life.World.Now;

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands) =>
        IsCutOff ? throw new StoreUnavailableException("The writer cannot be reached.", full: false) : _life.Writers.Commit(commands);

    public void Freeze(TimeSpan time) => Process.FrozenUntil = _life.World.Now + time;

    public void CutOff(TimeSpan time) => CutOffUntil = _life.World.Now + time;

    public void Die()
    {
        Process.Dead = true;
        Runtime.Kill();
    }

    /// <summary>Asks as if no lease ever ended.</summary>
    private sealed class Heedless(IOwnership inner) : IOwnership
    {
        public event Action<long>? Lost { add { } remove { } }

        public Claim Claim(DomainName domain) => inner.Claim(domain);

        public bool Holds(long epoch) => true;

        public void Release(Hold hold) => inner.Release(hold);
    }
}
