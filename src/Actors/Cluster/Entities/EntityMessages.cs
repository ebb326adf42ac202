using Akka.Actor;

namespace Amble.Cluster.Entities;

/// <summary>What an entity's own errands and alarms bring it. Never leaves the process.</summary>
internal sealed record Brought(object Message) : INoSerializationVerificationNeeded;

/// <summary>The shard lets an entity go that asked to be forgotten.</summary>
internal sealed record Rest : INoSerializationVerificationNeeded
{
    public static Rest Instance { get; } = new();
}

/// <summary>The shard moves to another node, or this node stops: begin nothing, finish what is in hand, then go.</summary>
internal sealed record Leave : INoSerializationVerificationNeeded
{
    public static Leave Instance { get; } = new();

    /// <summary>What is in hand may take this long before it is left to the next owner, who asks for it again (DESIGN.md section 4, Stop).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
}

/// <summary>What was in hand had its time.</summary>
internal sealed record LeaveNow : INoSerializationVerificationNeeded
{
    public static LeaveNow Instance { get; } = new();
}

/// <summary>This node's lease has lapsed: whoever owns a domain under that epoch ends.</summary>
internal sealed record LeaseLost(long Epoch) : INoSerializationVerificationNeeded;
