using Amble.App.Settings;

namespace Amble.App;

/// <summary>The part Cluster, which this build does not have.</summary>
public static class ClusterPart
{
    /// <summary>What is missing, in one sentence; null when it is built in.</summary>
    public static string? Missing => "`amble serve --cluster` needs the Cluster part (Akka.NET), which this build does not have; without it one node runs by itself.";

    public static INode OpenNode(NodeSettings settings, Membership member) => throw new InvalidOperationException(Missing);
}
