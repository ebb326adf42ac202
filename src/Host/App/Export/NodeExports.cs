namespace Amble.App.Export;

/// <summary>Where a node's exports read from.</summary>
public static class NodeExports
{
    public static IExportSource Exports(this INode node) => new NodeExportSource(node.Reads, node.Reports);
}
