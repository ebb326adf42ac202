using Amble.Behaviours.Ports;
using Amble.Cluster.Writing;
using Amble.Local.Cards;
using Amble.Messages;

namespace Amble.Cluster.Node;

/// <summary>What a node is given from outside.</summary>
/// <param name="OpenWrites">Becomes the writer, at the next epoch; called on the one node where the writer lives.</param>
/// <param name="StateOf">A job's stored state; null when there is no such job.</param>
/// <param name="NewIdentity">Never gives the same twice, in any process.</param>
/// <param name="OnFault">Told of what threw, and whom it met: a bug, contained.</param>
public sealed record ClusterSurroundings(
    Local.IScheduler Scheduler, IReadStore Reads, Func<OpenedStore> OpenWrites, IWeb Web, Func<JobId, JobState?> StateOf, Func<Guid> NewIdentity,
    Action<string, Exception> OnFault)
{
    /// <summary>Where nodes keep their leases; null for a node that is alone.</summary>
    public ILeaseTable? Leases { get; init; }

    /// <summary>Told of every write turn, where the writer is on this node; null when nobody collects that.</summary>
    public Local.TurnMeter? Turns { get; init; }

    /// <summary>How what expires goes from a store that was opened for writing; null keeps everything.</summary>
    public Func<IRetentionStore, Local.RetentionSurroundings>? Retention { get; init; }

    /// <summary>A way for operators into the actor system; null where that part is left out.</summary>
    public IPalette? Palette { get; init; }

    /// <summary>What cards are made with; null draws none.</summary>
    public CardSupplies? Cards { get; init; }
}
