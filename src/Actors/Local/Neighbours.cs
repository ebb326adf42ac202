using Amble.Behaviours.Ports;

namespace Amble.Local;

/// <summary>What a runtime that is one of several knows of the others.</summary>
/// <param name="Ownership">Who may ask which domain.</param>
/// <param name="Carry">Carries a command to the node where its receiver lives; false when that is here.</param>
public sealed record Neighbours(IOwnership Ownership, Func<object, bool> Carry)
{
    /// <summary>There are no others.</summary>
    public static Neighbours None { get; } = new(SoleOwnership.Instance, _ => false);
}
