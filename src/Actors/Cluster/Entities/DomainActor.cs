using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Runtime;
using Amble.Cluster.Node;
using Amble.Messages;
using Amble.Wire.Journal;

namespace Amble.Cluster.Entities;

/// <summary>
/// One domain, somewhere in the cluster: drives <see cref="DomainBehaviour"/> and carries out its effects. Its journal holds only what makes
/// it more careful; all else it reads from the store. Falling asleep leaves one snapshot and no events, so a recovery reads a handful of rows.
/// </summary>
internal sealed class DomainActor : UntypedPersistentActor, IShell
{
    private readonly DomainName _name;
    private readonly NodeParts _node;
    private readonly Driver<DomainState> _life;
    private DomainCaution? _rest;
    private bool _journaled;
    private bool _saving;
    private bool _resting;
    private bool _leaving;
    private bool _orderly;

    public DomainActor(string key, NodeParts node)
    {
        _name = DomainName.FromStored(key);
        _node = node;
        var behaviour = new DomainBehaviour(node.Crawl);
        _life = new Driver<DomainState>(behaviour, behaviour.Born(key), node.Outside, Self, this, Remember);
        node.Awake.Add(key);
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(LeaseLost));
        base.PreStart();
    }

    public override string PersistenceId => $"domain/{_name.Value}";

    public void Persist(IReadOnlyList<IJournaled> happened, Action done)
    {
        var left = happened.Count;
        _journaled = true;
        PersistAll(happened.Select(one => DomainCaution.Of(((DomainEvent.Cautioned)one).Memory)), _ =>
        {
            if (--left > 0) return;
            done();
            LeaveWhenQuiet();
        });
    }

    public void Tell(object command) => _node.Regions.Tell(command);

    public void Asleep()
    {
        _resting = true;
        if (!_saving) Context.Parent.Tell(new Passivate(Rest.Instance));
    }

    public void Crashed(Exception surprise)
    {
        _node.Outside.OnFault(_name.Value, surprise);
        Context.Stop(Self);
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: DomainCaution rest }: _life.Recall(rest.Recalled(_name)); break;
            case DomainCaution caution: _life.Recall(caution.Recalled(_name)); _journaled = true; break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Rest: TakeRest(); break;
            case Leave: TakeLeave(); break;
            case LeaveNow: GoOrderly(); break;
            // What it still wanted to ask is not asked; born again, it claims under the node's next epoch.
            case LeaseLost lost when lost.Epoch == _life.Epoch: Context.Stop(Self); break;
            case LeaseLost: break;
            case SaveSnapshotSuccess saved: Saved(saved.Metadata.SequenceNr); break;
            // More events to recover from, and nothing lost.
            case SaveSnapshotFailure: Saved(0); break;
            case DeleteMessagesFailure or DeleteMessagesSuccess or DeleteSnapshotsSuccess or DeleteSnapshotsFailure: break;
            // The waker cannot know; whoever is awake hears of new work from the commits, and they name no sender.
            case DomainProtocol.Wake when IsByWaker && _life.State.Phase is DomainPhase.Awake or DomainPhase.Loading: break;
            case Brought brought: _life.Take(brought.Message, ActorRefs.NoSender); break;
            default: _life.Take(message, Sender); break;
        }
        LeaveWhenQuiet();
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _node.Outside.OnFault(_name.Value, cause);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Crashed(cause);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _node.Outside.OnFault(_name.Value, reason);

    protected override void PostStop()
    {
        _life.End(_orderly);
        Context.System.EventStream.Unsubscribe(Self);
        _node.Awake.Remove(_name.Value);
        // Whatever ended it: a moment later it is born again from journal and store, where its work is still open.
        if (!_orderly) _node.Rebirth(_name.Value, () => Tell(new DomainProtocol.Wake(_name)));
        base.PostStop();
    }

    private bool IsByWaker => Sender is not null && !Sender.IsNobody();

    private void Remember(IEvent happened)
    {
        switch (happened)
        {
            case DomainEvent.DozingBegan dozing: _rest = DomainCaution.Of(dozing.Memory); break;
            // What is journaled after it makes it more careful than that rest was.
            case DomainEvent.Cautioned: _rest = null; break;
            // A clean rest is stored: it replaces what the journal said before, or old raises would be kept for ever.
            case DomainEvent.DozingEnded when _journaled && _rest is not null:
                _saving = true;
                _journaled = false;
                SaveSnapshot(_rest);
                break;
        }
    }

    private void Saved(long upTo)
    {
        _saving = false;
        if (upTo > 0)
        {
            DeleteMessages(upTo);
            DeleteSnapshots(new SnapshotSelectionCriteria(upTo - 1));
        }
        if (_resting) Context.Parent.Tell(new Passivate(Rest.Instance));
    }

    // Work that came between the wish to rest and the shard's leave is told to the next life, which the shard begins for it.
    private void TakeRest()
    {
        if (_life.State.Phase != DomainPhase.Asleep) Tell(new DomainProtocol.Wake(_name));
        GoOrderly();
    }

    private void TakeLeave()
    {
        _leaving = true;
        _life.Drain();
        var self = Self;
        _node.Outside.Scheduler.RunAt(_node.Outside.Scheduler.Now + Leave.Patience, () => self.Tell(LeaveNow.Instance));
    }

    private void LeaveWhenQuiet()
    {
        if (_leaving && _life.State is { InFlight.Count: 0, InHand.Count: 0, Closing.Count: 0 }) GoOrderly();
    }

    private void GoOrderly()
    {
        _orderly = true;
        Context.Stop(Self);
    }
}
