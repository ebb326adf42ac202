using Amble.Behaviours.Runtime;

namespace Amble.Local;

/// <summary>What an entity's effects need from the world around it.</summary>
internal interface ISurroundings
{
    IScheduler Scheduler { get; }

    /// <summary>Hands a protocol command to whom it is for.</summary>
    void Tell(object command);

    /// <summary>Begins work; whatever comes of it is posted to <paramref name="post"/>, which says false when nobody is there any more.</summary>
    void Begin(IWork work, Func<object, bool> post);

    /// <summary>Makes a journaled event durable, then calls back.</summary>
    void Persist(IJournaled happened, Action done);

    /// <summary>The entity has nothing to do; true when it may be forgotten.</summary>
    void Asleep(string key);

    /// <summary>The entity was ended from outside.</summary>
    void Ended();

    /// <summary>The entity was ended from outside, and its domain is to be given back.</summary>
    void Left();

    /// <summary>Whether it owns its domain under that epoch.</summary>
    bool LivesUnder(long epoch);

    /// <summary>The entity's behaviour threw: it is gone, and may be born again.</summary>
    void Crashed(string key, Exception exception);
}

/// <summary>A question and where its answer goes.</summary>
internal sealed record Asked(object Query, Action<object?> Answer);

/// <summary>Gives one behaviour life: decide, persist, apply, then the effects in order (DESIGN.md section 3).</summary>
internal sealed class Entity<TState>
{
    private readonly string _key;
    private readonly IBehaviour<TState> _behaviour;
    private readonly ISurroundings _around;
    private readonly Mailbox _mailbox;
    private TState _state;
    private IDisposable? _alarm;

    public Entity(string key, IBehaviour<TState> behaviour, ISurroundings around)
    {
        (_key, _behaviour, _around) = (key, behaviour, around);
        _state = behaviour.Born(key);
        _mailbox = new Mailbox(around.Scheduler, Take);
    }

    public bool Post(object message) => _mailbox.Post(message);

    /// <summary>Ends this life if nobody has spoken to it since; its alarm would only keep it in memory.</summary>
    public bool TryClose()
    {
        if (!_mailbox.TryClose()) return false;
        _alarm?.Dispose();
        return true;
    }

    /// <summary>Whether it owns its domain under that epoch.</summary>
    public bool LivesUnder(long epoch) => _around.LivesUnder(epoch);

    /// <summary>Ends this life: what it still had to hear or to do is forgotten.</summary>
    public void End()
    {
        Kill();
        _around.Ended();
    }

    /// <summary>The same in order: its domain is given back.</summary>
    public void Leave()
    {
        Kill();
        _around.Left();
    }

    /// <summary>As a crash of the process would: whatever is in memory is gone.</summary>
    public void Kill()
    {
        _mailbox.Close();
        _alarm?.Dispose();
    }

    private void Take(object message)
    {
        try
        {
            var asked = message as Asked;
            var decision = _behaviour.Decide(_state, asked?.Query ?? message, _around.Scheduler.Now);
            var persisting = 0;
            foreach (var happened in decision.Events)
            {
                if (happened is IJournaled) persisting++;
            }
            if (persisting == 0)
            {
                Finish(decision, asked);
                return;
            }
            _mailbox.Hold();
            foreach (var happened in decision.Events)
            {
                if (happened is IJournaled journaled) _around.Persist(journaled, () => Persisted(ref persisting, decision, asked));
            }
        }
        // A behaviour that throws has met a surprise: the entity is given up and born again from what is stored, the others go on.
        catch (Exception surprise)
        {
            Crash(surprise);
        }
    }

    private void Persisted(ref int left, Decision decision, Asked? asked)
    {
        if (Interlocked.Decrement(ref left) > 0) return;
        try
        {
            Finish(decision, asked);
        }
        catch (Exception surprise)
        {
            Crash(surprise);
            return;
        }
        _mailbox.Release();
    }

    private void Finish(Decision decision, Asked? asked)
    {
        foreach (var happened in decision.Events) _state = _behaviour.Apply(_state, happened);
        foreach (var effect in decision.Effects) Perform(effect, asked);
    }

    private void Perform(Effect effect, Asked? asked)
    {
        switch (effect)
        {
            case Effect.Reply reply: asked?.Answer(reply.Message); break;
            case Effect.Tell tell: _around.Tell(tell.Command); break;
            case Effect.Start start: _around.Begin(start.Work, _mailbox.Post); break;
            case Effect.WakeAt wake: Wake(wake.Instant); break;
            case Effect.Sleep: _around.Asleep(_key); break;
            default: throw new InvalidOperationException($"No way to perform {effect.GetType().Name}.");
        }
    }

    private void Wake(DateTimeOffset instant)
    {
        _alarm?.Dispose();
        _alarm = _around.Scheduler.RunAt(instant, () => _mailbox.Post(new WakeUp()));
    }

    private void Crash(Exception surprise)
    {
        Kill();
        _around.Crashed(_key, surprise);
    }
}
