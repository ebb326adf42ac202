namespace Amble.Messages;

/// <summary>What operators ask of the nodes of a cluster (S-8); answered from memory.</summary>
public static class OperatorProtocol
{
    /// <summary>Which domains are awake with you? To each node.</summary>
    /// <param name="Limit">Names and states of at most so many, by name.</param>
    public sealed record GetAwake(int Limit);

    /// <summary>How are you? To the writer.</summary>
    public sealed record GetWriter;
}
