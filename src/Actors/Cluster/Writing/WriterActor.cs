using Akka.Actor;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Amble.Wire.Framing;
using Amble.Wire.Link;

namespace Amble.Cluster.Writing;

/// <summary>A hand on the store, at an epoch of its own.</summary>
public sealed record OpenedStore(IWriteStore Writes, IDisposable Held);

/// <summary>
/// The one writer of the cluster (S-1), a singleton: opens the store at the next epoch, takes what the nodes send, commits in turns, and
/// answers after the commit. One that has been fenced closes its hand, waits until a node that was thought dead would have noticed, and
/// only then tries again: two that end each other in turn would store nothing.
/// </summary>
internal sealed class WriterActor : UntypedActor, IWithTimers, IWithUnboundedStash
{
    private static readonly TimeSpan _openAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _afterFence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    // What waits may take this long when the writer moves; its nodes send the rest to the next one.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly WriterSurroundings _around;
    private readonly Dictionary<LinkSession, IActorRef> _nodes = [];
    private readonly FrameJoin _frames = new();
    private WriterLinkServer _link;
    private FrameCutter _cutter;
    private readonly Lock _gate = new();
    private LocalWriter? _writer;
    private OpenedStore? _hand;
    private bool _over;
    private DateTimeOffset? _closing;
    private string? _trouble;

    public WriterActor(WriterSurroundings around)
    {
        _around = around;
        (_link, _cutter) = Incarnation();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _tick);
        Open();
    }

    protected override void PostStop()
    {
        lock (_gate) _over = true;
        CloseHand();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Opened opened: Begin(opened.Store); break;
            case OpenFailed failed: FailToOpen(failed.Reason); break;
            case OpenAgain: Open(); break;
            case Fenced fenced: LoseHand(fenced); break;
            case LinkProtocol.IToWriter or Frame when _writer is null: Stash.Stash(); break;
            case LinkProtocol.IToWriter said: Hear(said); break;
            case Frame frame when _frames.Add(frame) is LinkProtocol.IToWriter whole: Hear(whole); break;
            case Frame: break;
            case Committed done: Answer(done); break;
            case Tick: Breathe(); break;
            case OperatorProtocol.GetWriter when _writer is not null: Sender.Tell(_writer.View(_around.Node), Self); break;
            case OperatorProtocol.GetWriter: Sender.Tell(new WriterView(_around.Node, 0, 0, TimeSpan.Zero, 0, TimeSpan.Zero, 0, 0, false, _trouble, []), Self); break;
            case CloseWriter: BeginToClose(); break;
            case LookWhetherQuiet: StopWhenQuiet(); break;
            default: Unhandled(message); break;
        }
    }

    private void Open()
    {
        var self = Self;
        _around.Scheduler.RunBlocking(() =>
        {
            try
            {
                Take(_around.OpenWrites(), self);
            }
            catch (StoreUnavailableException trouble)
            {
                self.Tell(new OpenFailed(trouble.Message));
            }
        });
    }

    // On the thread that opened it. An actor that has stopped meanwhile would never close it.
    private void Take(OpenedStore store, IActorRef self)
    {
        lock (_gate)
        {
            if (!_over)
            {
                _hand = store;
                self.Tell(new Opened(store));
                return;
            }
        }
        store.Held.Dispose();
    }

    private void Begin(OpenedStore store)
    {
        if (_closing is not null) return;
        var self = Self;
        (_link, _cutter) = Incarnation();
        _trouble = null;
        _writer = new LocalWriter(_around.Scheduler, new FenceWatch(store.Writes, trouble => self.Tell(new Fenced(store.Writes, trouble))), _around.Queue, _around.Turns);
        Stash.UnstashAll();
    }

    private void FailToOpen(string reason)
    {
        _trouble = reason;
        Timers.StartSingleTimer(OpenAgain.Instance, OpenAgain.Instance, _openAgain);
    }

    private void LoseHand(Fenced fenced)
    {
        if (!ReferenceEquals(fenced.Writes, _hand?.Writes)) return;
        CloseHand();
        _trouble = fenced.Trouble;
        Timers.StartSingleTimer(OpenAgain.Instance, OpenAgain.Instance, _afterFence);
    }

    private void Hear(LinkProtocol.IToWriter said)
    {
        _nodes[said.Session] = Sender;
        if (_closing is not null) return;
        var step = _link.Hear(said, _around.Scheduler.Now);
        foreach (var message in step.Send) Send(message);
        if (step.Taken is not { } taken) return;
        var (self, link) = (Self, _link);
        _writer!.Take(taken.Command, reply => self.Tell(new Committed(link, taken, reply), ActorRefs.NoSender));
    }

    private void Answer(Committed done)
    {
        // What an earlier incarnation committed is asked for again.
        if (ReferenceEquals(done.Link, _link) && _link.Committed(done.Taken.Session, done.Taken.Number, done.Reply) is { } answer) Send(answer);
    }

    private void Send(LinkProtocol.IFromWriter message)
    {
        if (!_nodes.TryGetValue(message.Session, out var node)) return;
        // Only an answer that brings a whole command or many domains back may not fit.
        if (node.Path.Address.HasLocalScope || message is not LinkProtocol.Answer { Reply: WriterProtocol.Rejected or WriterProtocol.LinksSaved { Gained.Count: > 50 } }) node.Tell(message, Self);
        else foreach (var part in _cutter.Cut(message)) node.Tell(part, Self);
    }

    private void Breathe()
    {
        _link.Tick(_around.Scheduler.Now);
        var health = _writer?.Health(0, 0);
        var condition = health is null
            ? new WriterProtocol.Condition(0, TimeSpan.Zero, 0, TimeSpan.Zero, 0, _trouble, false)
            : new WriterProtocol.Condition(health.Waiting, health.Oldest, health.Turns, health.LongestTurn, health.Rejected, health.StoreTrouble, health.DiskFull);
        foreach (var node in _nodes.Values.Distinct()) node.Tell(condition, Self);
        if (_nodes.Count > _link.Nodes + 64) _nodes.Clear();
    }

    private void BeginToClose()
    {
        _closing = _around.Scheduler.Now;
        StopWhenQuiet();
    }

    private void StopWhenQuiet()
    {
        if (_writer is null || _writer.IsQuiet || _around.Scheduler.Now - _closing > _patience) Context.Stop(Self);
        else Timers.StartSingleTimer(LookWhetherQuiet.Instance, LookWhetherQuiet.Instance, _look);
    }

    private void CloseHand()
    {
        OpenedStore? hand;
        lock (_gate) (hand, _hand) = (_hand, null);
        _writer?.Kill();
        _writer = null;
        hand?.Held.Dispose();
    }

    private (WriterLinkServer, FrameCutter) Incarnation()
    {
        var writer = _around.NewIdentity();
        return (new WriterLinkServer(writer, _around.Link), new FrameCutter($"writer {writer}"));
    }

    private sealed record Opened(OpenedStore Store) : INoSerializationVerificationNeeded;
    private sealed record OpenFailed(string Reason) : INoSerializationVerificationNeeded;
    private sealed record OpenAgain : INoSerializationVerificationNeeded { public static OpenAgain Instance { get; } = new(); }
    private sealed record Fenced(IWriteStore Writes, string Trouble) : INoSerializationVerificationNeeded;
    private sealed record Committed(WriterLinkServer Link, LinkTaken Taken, WriterProtocol.IReply Reply) : INoSerializationVerificationNeeded;
    private sealed record Tick : INoSerializationVerificationNeeded { public static Tick Instance { get; } = new(); }
    private sealed record LookWhetherQuiet : INoSerializationVerificationNeeded { public static LookWhetherQuiet Instance { get; } = new(); }
}

/// <summary>The writer is to move or to end: it finishes what it has, closes its hand and stops.</summary>
internal sealed record CloseWriter : INoSerializationVerificationNeeded
{
    public static CloseWriter Instance { get; } = new();
}

/// <param name="OpenWrites">Becomes the writer, at the next epoch; whoever wrote before is ended.</param>
/// <param name="NewIdentity">Never gives the same twice, in any process.</param>
/// <param name="Node">Where it is, for people.</param>
internal sealed record WriterSurroundings(Local.IScheduler Scheduler, Func<OpenedStore> OpenWrites, WriterQueueSettings Queue, LinkSettings Link, Func<Guid> NewIdentity, string Node, TurnMeter? Turns = null);
