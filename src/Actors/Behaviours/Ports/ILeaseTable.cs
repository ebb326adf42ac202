using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>
/// Where the leases of all nodes and the owners of all domains are written down. Each step is one compare-and-set by the table's own clock;
/// a step that came twice changes nothing.
/// </summary>
/// <remarks>Every step waits for the store for less than a lease lasts, then throws <see cref="StoreUnavailableException"/>.</remarks>
public interface ILeaseTable
{
    /// <summary>Writes down a new lease that lasts from now; its epoch was never given out before.</summary>
    /// <param name="former">The node's lease before, which ends at once: nothing is asked under it any more. Null when there is none.</param>
    long Take(string node, TimeSpan lasts, long? former);

    /// <summary>Lets the lease last from now. False when it has ended, and then for ever.</summary>
    bool Renew(long epoch, TimeSpan lasts);

    /// <summary>
    /// Grants the domain if nobody else owns it under a lease that lasts; the former owner's lease, if it has run out, is ended by that. Null
    /// when the claimer's own lease has ended.
    /// </summary>
    Claim? Claim(Hold wanted);

    /// <summary>The domain has no owner any more, if this claim is still the last one.</summary>
    void Release(Hold hold);

    /// <summary>Names of the nodes that hold a lease that lasts, in a fixed order.</summary>
    /// <param name="except">Who asks; its own former lives are no others.</param>
    IReadOnlyList<string> ReadMembers(string except);

    /// <summary>Ends the lease: all that is owned under it may be claimed at once.</summary>
    void End(long epoch);
}
