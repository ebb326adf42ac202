using Akka.Actor;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Runtime;
using Amble.Local;

namespace Amble.Cluster.Entities;

/// <summary>What a behaviour's effects need from the actor that it lives in.</summary>
internal interface IShell
{
    /// <summary>Makes events durable, in order, then calls back; nothing else is taken meanwhile.</summary>
    void Persist(IReadOnlyList<IJournaled> happened, Action done);

    /// <summary>Hands a protocol command to whom it is for.</summary>
    void Tell(object command);

    /// <summary>The behaviour has nothing to do.</summary>
    void Asleep();

    /// <summary>The behaviour threw: the actor is given up, and may be born again.</summary>
    void Crashed(Exception surprise);
}

/// <summary>
/// Gives one behaviour life inside an actor: decide, persist, apply, then the effects in order (DESIGN.md section 3). Its errands are those
/// of every runtime; what they bring comes to the actor as <see cref="Brought"/>.
/// </summary>
/// <param name="happens">Told of each event when it is applied.</param>
internal sealed class Driver<TState>(IBehaviour<TState> behaviour, TState born, Outside outside, IActorRef self, IShell shell, Action<IEvent>? happens = null)
{
    private readonly Errands _errands = new(outside);
    private IDisposable? _alarm;
    private bool _draining;
    private volatile bool _over;

    public TState State { get; private set; } = born;

    /// <summary>Something that happened in an earlier life.</summary>
    public void Recall(IEvent happened) => State = behaviour.Apply(State, happened);

    /// <summary>Takes one message. Whatever the behaviour throws is told to the shell.</summary>
    public void Take(object message, IActorRef? asker)
    {
        if (_draining && message is DomainWork.PermitGranted unused)
        {
            _errands.Begin(new DomainWork.FlightEnded(unused.Job), Post);
            _errands.Begin(new DomainWork.HandEmptied(unused.Job), Post);
            return;
        }
        Contain(() =>
        {
            var decision = behaviour.Decide(State, message, outside.Scheduler.Now);
            var journaled = decision.Events.OfType<IJournaled>().ToList();
            if (journaled.Count == 0) Finish(decision, asker);
            else shell.Persist(journaled, () => Contain(() => Finish(decision, asker)));
        });
    }

    /// <summary>From here on nothing new is begun: no permit is asked for, and one that still comes is given back.</summary>
    public void Drain() => _draining = true;

    /// <summary>The epoch under which this life owns its domain; null before its claim was granted.</summary>
    public long? Epoch => _errands.Epoch;

    /// <summary>This life is over: its permits go back, and nobody hears its errands any more.</summary>
    /// <param name="orderly">What it owns is given back, once nothing of it is under way.</param>
    public void End(bool orderly)
    {
        _over = true;
        _alarm?.Dispose();
        if (orderly) _errands.Leave();
        else _errands.Abandon();
    }

    private void Finish(Decision decision, IActorRef? asker)
    {
        foreach (var happened in decision.Events)
        {
            State = behaviour.Apply(State, happened);
            happens?.Invoke(happened);
        }
        foreach (var effect in decision.Effects) Perform(effect, asker);
    }

    private void Perform(Effect effect, IActorRef? asker)
    {
        switch (effect)
        {
            case Effect.Reply reply: asker?.Tell(reply.Message, self); break;
            case Effect.Tell tell: shell.Tell(tell.Command); break;
            case Effect.Start { Work: DomainWork.AskPermit } when _draining: break;
            case Effect.Start start: _errands.Begin(start.Work, Post); break;
            case Effect.WakeAt wake: Wake(wake.Instant); break;
            case Effect.Sleep: shell.Asleep(); break;
            default: throw new InvalidOperationException($"No way to perform {effect.GetType().Name}.");
        }
    }

    private void Wake(DateTimeOffset instant)
    {
        _alarm?.Dispose();
        _alarm = outside.Scheduler.RunAt(instant, () => Post(new WakeUp()));
    }

    private bool Post(object message)
    {
        if (_over) return false;
        self.Tell(new Brought(message), ActorRefs.NoSender);
        return true;
    }

    private void Contain(Action step)
    {
        try
        {
            step();
        }
        // A behaviour that throws has met a surprise: this entity is given up and born again from what is stored, the others go on.
        catch (Exception surprise)
        {
            shell.Crashed(surprise);
        }
    }
}
