using System.Collections.Immutable;

namespace Amble.Behaviours.Runtime;

/// <summary>
/// The runtime contract, all of it. One message at a time per key. <c>Decide(state, message, now)</c> gives events and effects; events
/// that are <see cref="IJournaled"/> are persisted, <c>Apply(state, event)</c> makes the next state, then the effects happen in order.
/// No clock, no chance and no I/O inside (DESIGN.md section 3).
/// </summary>
public interface IBehaviour<TState>
{
    /// <summary>A newborn entity: nothing known, nothing in hand.</summary>
    TState Born(string key);

    Decision Decide(TState state, object message, DateTimeOffset now);

    TState Apply(TState state, IEvent happened);
}

/// <summary>What has happened to an entity.</summary>
public interface IEvent;

/// <summary>An event that must be durable before its effects happen.</summary>
public interface IJournaled : IEvent;

/// <summary>What the runtime is to do, after the events are applied.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Answers the message that is being decided.</summary>
    public sealed record Reply(object Message) : Effect;

    /// <summary>Says something to another entity: a domain's or a job's protocol command.</summary>
    public sealed record Tell(object Command) : Effect;

    /// <summary>Sends <see cref="WakeUp"/> to this entity at that instant; replaces an earlier wish.</summary>
    public sealed record WakeAt(DateTimeOffset Instant) : Effect;

    /// <summary>Begins work outside; what comes of it comes back as a message.</summary>
    public sealed record Start(IWork Work) : Effect;

    /// <summary>Nothing to do: the entity may be forgotten, once its mailbox is empty.</summary>
    public sealed record Sleep : Effect;
}

/// <summary>Work that the runtime carries out for an entity.</summary>
public interface IWork;

/// <summary>The instant of the last <see cref="Effect.WakeAt"/> has come.</summary>
public sealed record WakeUp;

/// <summary>Work could not be done for a reason that time may heal (the store did not answer); it may be begun again.</summary>
public sealed record WorkFailed(IWork Work, string Reason);

/// <summary>What follows from one message.</summary>
public readonly record struct Decision(ImmutableArray<IEvent> Events, ImmutableArray<Effect> Effects)
{
    public static Decision Nothing { get; } = new([], []);
}
