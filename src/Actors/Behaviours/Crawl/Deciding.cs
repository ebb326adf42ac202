using System.Collections.Immutable;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>One decision under way: what has happened so far, the state that follows from it, and what is to be done.</summary>
internal sealed class Deciding(DomainState state, DateTimeOffset now, CrawlSettings settings)
{
    private readonly ImmutableArray<IEvent>.Builder _events = ImmutableArray.CreateBuilder<IEvent>();
    private readonly ImmutableArray<Effect>.Builder _effects = ImmutableArray.CreateBuilder<Effect>();

    public DomainState State { get; private set; } = state;
    public DateTimeOffset Now { get; } = now;
    public CrawlSettings Settings { get; } = settings;

    public void Happened(DomainEvent happened)
    {
        _events.Add(happened);
        State = DomainTransitions.Apply(State, happened, Settings);
    }

    public void Note(DecisionMade made) => Happened(new DomainEvent.Noted(made));
    public void Begin(IWork work) => _effects.Add(new Effect.Start(work));
    public void Write(WriterProtocol.ICommand command) => Begin(new DomainWork.Write(command));
    public void Tell(object command) => _effects.Add(new Effect.Tell(command));
    public void Reply(object message) => _effects.Add(new Effect.Reply(message));
    public void WakeAt(DateTimeOffset instant) => _effects.Add(new Effect.WakeAt(instant));
    public void Sleep() => _effects.Add(new Effect.Sleep());

    public Decision Done() => new(_events.DrainToImmutable(), _effects.DrainToImmutable());
}
