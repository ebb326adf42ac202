using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>The access log as the door knows it: it is offered each hit, begins with the node and ends with it.</summary>
public interface IAccessLog
{
    /// <summary>False when there was no room: the hit is dropped and counted. Never blocks, never waits.</summary>
    bool Offer(Hit hit);

    /// <summary>How it is, from memory; plain numbers that only grow, but for those of what waits.</summary>
    IntakeView View { get; }

    /// <summary>Begins to store what is offered. What was offered before has waited.</summary>
    void Start(IReadOnlyList<HitsLeft> leftByFormer);

    /// <summary>Stores what it has, by the deadline; answers what it could not, for the next start to tell of.</summary>
    Task<IReadOnlyList<HitsLeft>> DrainAsync(TimeSpan deadline);
}
