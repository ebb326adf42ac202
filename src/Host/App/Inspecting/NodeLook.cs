using Amble.Behaviours.Inspection;

namespace Amble.App;

/// <summary>A node as inspection commands look into it.</summary>
public static class NodeLook
{
    public static Inspected Look(this INode node) => new(node.Inspection, node.Reads, node.Stored, node.Inspection.Now)
    {
        Retention = node.Retention,
        Log = node.AccessLog,
        Access = node.Access,
        Cards = node.Runtime.Cards,
        CardStore = node.CardReads,
        Politeness = node.Politeness,
    };

    /// <summary>Only its store: nothing runs in it.</summary>
    public static Inspected LookAtStore(this INode node) => new(null, node.Reads, node.Stored, node.Inspection.Now) { Access = node.Access, CardStore = node.CardReads, Politeness = node.Politeness };
}
