namespace Amble.Cluster.Specs;

/// <summary>Every message is written and read even where it stays in the process, and membership moves at a test's pace.</summary>
internal static class StrictConfig
{
    public const string Text =
        """
        akka.actor.serialize-messages = on
        akka.cluster.gossip-interval = 50 ms
        akka.cluster.leader-actions-interval = 50 ms
        akka.cluster.periodic-tasks-initial-delay = 50 ms
        akka.cluster.singleton.hand-over-retry-interval = 50 ms
        akka.cluster.singleton-proxy.singleton-identification-interval = 50 ms
        """;
}
