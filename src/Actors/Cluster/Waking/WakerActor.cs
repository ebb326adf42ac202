using Akka.Actor;
using Akka.Cluster;
using Amble.Behaviours.Ports;
using Amble.Cluster.Node;
using Amble.Messages;

namespace Amble.Cluster.Waking;

/// <summary>
/// The one in the cluster that reads what is due and wakes it, every second. It also tells unfinished jobs that they are: one whose node
/// died is taken up within seconds. A domain is told again every two seconds for as long as it is due, because whoever was told may have
/// moved or died since; after a node is gone, everybody is told again at once.
/// </summary>
internal sealed class WakerActor : UntypedActor, IWithTimers
{
    // A look that finds more due than this tells the rest at the next one.
    private const int MostAtOnce = 100_000;

    private static readonly TimeSpan _again = TimeSpan.FromSeconds(2);

    private readonly NodeParts _node;
    private readonly TimeSpan _every;
    private readonly Dictionary<DomainName, DateTimeOffset> _told = [];

    public WakerActor(NodeParts node, TimeSpan every)
    {
        _node = node;
        _every = every;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
        Look();
    }

    protected override void PostStop() => Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Again: Look(); break;
            case Seen seen: Tell(seen); break;
            case ClusterEvent.MemberRemoved: _told.Clear(); break;
            default: Unhandled(message); break;
        }
    }

    private void Look()
    {
        var self = Self;
        var outside = _node.Outside;
        // Where the waker is, and nowhere else: what is carried on with is everybody's.
        outside.Cards.Tick();
        outside.Scheduler.RunBlocking(() =>
        {
            Seen seen;
            try
            {
                seen = new Seen(outside.Reads.ReadUnfinishedJobs(), outside.Reads.ReadDue(outside.Scheduler.Now, MostAtOnce));
            }
            catch (StoreUnavailableException)
            {
                // The next look, a moment later, finds the same.
                seen = new Seen([], []);
            }
            self.Tell(seen);
        });
    }

    private void Tell(Seen seen)
    {
        // A domain that is woken before its job would speak to one that does not listen yet.
        foreach (var job in seen.Jobs) _node.Regions.Tell(job);
        var now = _node.Outside.Scheduler.Now;
        foreach (var domain in seen.Due)
        {
            if (_told.TryGetValue(domain, out var at) && at + _again > now) continue;
            _told[domain] = now;
            _node.Regions.WakeDue(domain, Self);
        }
        if (_told.Count > MostAtOnce) _told.Clear();
        Timers.StartSingleTimer(Again.Instance, Again.Instance, _every);
    }

    private sealed record Again : INoSerializationVerificationNeeded
    {
        public static Again Instance { get; } = new();
    }

    private sealed record Seen(IReadOnlyList<JobProtocol.TakeUp> Jobs, IReadOnlyList<DomainName> Due) : INoSerializationVerificationNeeded;
}
