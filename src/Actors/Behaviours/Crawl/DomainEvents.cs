using System.Collections.Immutable;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>What has happened to a domain. Only what makes it more careful is journaled; the rest is in the store, or may be forgotten.</summary>
public abstract record DomainEvent : IEvent
{
    private DomainEvent() { }

    public sealed record LoadingBegan : DomainEvent;
    public sealed record Loaded(DomainRead Read, DateTimeOffset At, bool Moved = false) : DomainEvent;
    public sealed record LoadingFailed : DomainEvent;

    /// <summary>Durable before anything that it forbids could happen: a raise, a block, a held delay, or that it begins to ask (P-16+).</summary>
    public sealed record Cautioned(DomainMemory Memory, Pace Pace) : DomainEvent, IJournaled;

    /// <summary>What the journal still knew when this life began; nothing is woken by it.</summary>
    public sealed record Recalled(DomainMemory Journal) : DomainEvent;

    /// <summary>The pace moved the other way, or only counts moved; the next commit carries it.</summary>
    public sealed record PaceMoved(Pace Pace) : DomainEvent;

    public sealed record WindowAsked : DomainEvent;
    public sealed record WindowCame(WindowRead Read, int Limit) : DomainEvent;
    public sealed record WindowFailed(DateTimeOffset Again) : DomainEvent;
    public sealed record DueCame(DateTimeOffset Now) : DomainEvent;
    public sealed record WorkGained : DomainEvent;

    public sealed record PermitAsked(JobId Job, DateTimeOffset At) : DomainEvent;
    public sealed record PermitAnswered(JobId Job) : DomainEvent;

    public sealed record RequestBegan(InFlight Request, bool Paced, double Roll) : DomainEvent;
    public sealed record RequestLeft(long Ticket, DateTimeOffset At) : DomainEvent;
    public sealed record RequestEnded(long Ticket, DateTimeOffset StartedAt) : DomainEvent;
    public sealed record AnsweredWell(LastGood Good) : DomainEvent;

    public sealed record UnitDeferred(UnitKey Unit, DateTimeOffset DueAt) : DomainEvent;
    public sealed record UnitSettled(UnitKey Unit) : DomainEvent;
    public sealed record ClosingBegan(JobId Job, ImmutableArray<Unit> Units) : DomainEvent;
    public sealed record ClosingEnded(JobId Job, IReadOnlyList<PageId> Pages) : DomainEvent;

    public sealed record RobotsAsked(RobotsAsk Ask) : DomainEvent;
    public sealed record RobotsLearned(RobotsKnown Known) : DomainEvent;

    /// <summary>How pages are refused was heard, or a URL is to be asked again for it (P-14+).</summary>
    public sealed record RefusalsMoved(Refusals Refusals) : DomainEvent;

    /// <param name="Ends">It was told to end, so nothing more is asked for it.</param>
    public sealed record JobTold(JobId Job, bool Ends) : DomainEvent;
    public sealed record JobFilled(JobId Job) : DomainEvent;
    public sealed record JobDropped(JobId Job) : DomainEvent;

    /// <summary>Something was decided that people may look for (S-8); it changes nothing else.</summary>
    public sealed record Noted(DecisionMade Made) : DomainEvent;

    public sealed record DozingBegan(DomainMemory Memory) : DomainEvent;
    public sealed record Roused : DomainEvent;
    public sealed record DozingEnded : DomainEvent;
}
