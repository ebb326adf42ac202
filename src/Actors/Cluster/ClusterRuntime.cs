using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Akka.Streams;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Cluster.Doors;
using Amble.Cluster.Entities;
using Amble.Cluster.Node;
using Amble.Cluster.Streams;
using Amble.Cluster.Writing;
using Amble.Local;
using Amble.Local.Cards;
using Amble.Local.Intake;
using Amble.Messages;
using Amble.Wire.Link;

namespace Amble.Cluster;

/// <summary>
/// One node of the Akka.NET runtime: a domain and a job each live once in the whole cluster, one writer stores for all, and every door shows
/// the same. A job's concurrency bounds what is in flight on each node; what bounds a domain is the same wherever it lives, because it has
/// one owner.
/// </summary>
public sealed class ClusterRuntime : ICrawlRuntime
{
    // Who asks how a domain is does not wait for a node that is just being missed.
    private static readonly TimeSpan _askWithin = TimeSpan.FromSeconds(1);

    // A node that the cluster has gone on without ends by itself within this.
    private static readonly TimeSpan _endWithin = TimeSpan.FromSeconds(5);

    private const int HandshakeFailed = 79;

    private readonly RuntimeLifetime _life;
    private readonly CancellationTokenSource _stopping = new();
    private readonly JobNews _news = new();
    private readonly LinkSession _session;
    private readonly WriterLane _lane;
    private readonly Permits _permits;
    private readonly NodeParts _node;
    private readonly LeasedOwnership? _leases;
    private readonly Joining _joining;
    private readonly MemberStanding _standing;
    private readonly Doorway _door;
    private readonly AkkaHost _akka;
    private readonly IPalette? _palette;
    private readonly RetentionDesk _retention = new();
    private readonly StreamCardFlow? _cardFlow;
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    public ClusterRuntime(MemberSettings settings, ClusterSurroundings around)
    {
        _palette = around.Palette;
        _life = new RuntimeLifetime(around.Scheduler);
        var session = _session = new LinkSession(settings.Name, around.NewIdentity());
        _lane = new WriterLane(_life, session, settings.Link, settings.Writer);
        _permits = new Permits(null, () => _lane.HasRoom);
        _lane.RoomMade = _permits.Grant;
        if (around.Leases is { } table) _leases = new LeasedOwnership(_life, table, session.Node, LeaseSettings.Default);
        if (around.Cards is { } supplies)
        {
            _cardFlow = new StreamCardFlow(supplies.Settings.Slots, fault => around.OnFault("cards", fault));
            Cards = new NodeCards(supplies, _life, _lane, _cardFlow);
        }
        var outside = new Outside(_life, around.Reads, around.Web, _lane, _permits, around.OnFault, _news.Tell, _stopping.Token)
        {
            Ownership = _leases ?? (IOwnership)SoleOwnership.Instance,
            Cards = Cards,
        };
        _node = new NodeParts(settings.Crawl, outside);
        _standing = new MemberStanding(() => _akka?.System);
        _joining = new Joining(settings, _life, around.Leases);
        _door = new Doorway(_lane, _news, around.StateOf);
        var writer = new WriterSurroundings(_life, around.OpenWrites, settings.Writer, settings.Link, around.NewIdentity, session.Node, around.Turns) { Retention = around.Retention, Desk = _retention };
        Inspection = new ClusterInspection(_life, _node.Regions, _door);
        _akka = new AkkaHost(akka => akka.WithGround(settings, around.Palette).WithActors(settings, _node, writer, _door));
    }

    /// <summary>What expires, and how it goes: where the writer is.</summary>
    public IRetention Retention => _retention;

    /// <summary>What operators look into, on whichever node it is.</summary>
    public IInspection Inspection { get; }

    /// <summary>The access log of this node; it stores nothing before it is started, which comes after the node's own start.</summary>
    /// <param name="life">A new identity.</param>
    /// <param name="chance">0 to 1, drawn for each wait before a retry.</param>
    public IAccessLog OpenLog(AccessLogSettings settings, Guid life, Func<double> chance, Action<Exception> onFault) =>
        new HitLog(_lane, new HitSource(life, _session.Node, _life.Now), write =>
        {
            var intake = new StreamIntake<Hit>(_life, settings, HitLog.Items, write, chance, onFault);
            return (intake, () => intake.Start(_akka.System!.Materializer()));
        });

    /// <inheritdoc />
    public ICards Cards { get; } = NoCards.Instance;

    /// <summary>Completes with one sentence when the cluster has gone on without this node: it has ended itself, and its process is to end.</summary>
    public Task<string> WhenLost => _lost.Task;

    public RuntimeHealth Health
    {
        get
        {
            var writer = _lane.Condition;
            var trouble = !_standing.IsFull ? "This node is not a full member of the cluster yet, or no more."
                : _lane.IsReached ? writer!.StoreTrouble : "The writer of the cluster is not reached yet.";
            return new RuntimeHealth(
                _lane.Waiting, writer?.Oldest ?? TimeSpan.Zero, writer?.Turns ?? 0, writer?.LongestTurn ?? TimeSpan.Zero, writer?.Rejected ?? 0,
                _node.Awake.Count, _permits.InFlight, trouble, writer?.DiskFull ?? false)
            {
                Members = _standing.Members,
            };
        }
    }

    /// <exception cref="RuntimeProblemException">The node cannot listen, or cannot use its journal.</exception>
    public void Start()
    {
        _akka.Start();
        var system = _akka.System!;
        _palette?.Open(system);
        var cluster = Akka.Cluster.Cluster.Get(system);
        _cardFlow?.Open(system.Materializer());
        if (_leases is not null)
        {
            _leases.Lost += epoch => system.EventStream.Publish(new LeaseLost(epoch));
            // Whoever holds a lease is a member: by that a node that starts knows that there is a cluster.
            cluster.RegisterOnMemberUp(_leases.Start);
        }
        _joining.Begin(cluster);
        // Its first phase, whoever began it: what ends by itself is told, and what then hangs, on a store that does not answer, is not waited for.
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "lost", () =>
        {
            _life.RunAt(_life.Now + _endWithin, Lose);
            return Task.FromResult(Done.Instance);
        });
        _ = system.WhenTerminated.ContinueWith(_ => Lose(), TaskScheduler.Default);
    }

    public Task<JobSpec> CreateAsync(NewJob job, CancellationToken stop) => WishAsync<JobSpec>(answer => new Wish.Create(job, answer), stop);

    public Task<bool> CancelAsync(JobId job, CancellationToken stop) => WishAsync<bool>(answer => new Wish.Cancel(job, answer), stop);

    public Task WhenEndedAsync(JobId job, CancellationToken stop) => WishAsync<bool>(answer => new Wish.WhenEnded(job, answer), stop);

    public Task<long?> RetryAsync(JobId job, CancellationToken stop) => WishAsync<long?>(answer => new Wish.Retry(job, answer), stop);

    public async Task<DomainProtocol.Status?> AskAsync(DomainName domain, CancellationToken stop)
    {
        try
        {
            var status = await _node.Regions.Domains.Ask<DomainProtocol.Status>(new DomainProtocol.GetStatus(domain), _askWithin, stop).ConfigureAwait(false);
            return status.Doing == DomainProtocol.Status.Asleep ? null : status;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    public async Task StopAsync(TimeSpan deadline)
    {
        _isStopping = true;
        _permits.Close();
        var end = _life.Now + deadline;
        await Cards.DrainAsync(deadline / 2).ConfigureAwait(false);
        await _akka.StopAsync(end - _life.Now).ConfigureAwait(false);
        // The domains have been given back one by one, or wait until the lease has run out.
        if (_leases is not null) await Task.Run(_leases.End).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        _permits.Close();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Cards.DisposeAsync().ConfigureAwait(false);
        await _akka.DisposeAsync().ConfigureAwait(false);
        // The store is closed next: nothing that uses it is running any more, and nothing begins.
        _life.End();
        await _life.Quiet.ConfigureAwait(false);
    }

    private void Lose()
    {
        if (_isStopping) return;
        // Akka has a reason of its own for that, which nobody beyond it sees, and this exit code.
        var isStranger = CoordinatedShutdown.Get(_akka.System!).ShutdownReason?.ExitCode == HandshakeFailed;
        _lost.TrySetResult(isStranger
            ? "A node that this one called shows no certificate, or one that this node's file does not believe, so this node has ended; every node needs a certificate of the same authority."
            : "The cluster has gone on without this node, which was not reached for a while; start it again to join it anew.");
    }

    private async Task<T> WishAsync<T>(Func<TaskCompletionSource<T>, Wish> wish, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _door.Ingress.Tell(wish(answer), ActorRefs.NoSender);
        return await answer.Task.WaitAsync(stop).ConfigureAwait(false);
    }
}
