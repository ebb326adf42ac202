namespace Amble.Messages;

/// <summary>What one node asks of another for an operator who looks into the cluster (S-8); answered from memory.</summary>
public static class OperatorProtocol
{
    public interface IQuery;
    public interface IReply;

    /// <summary>Which domains live with you? Answer: <see cref="Awake"/>.</summary>
    /// <param name="Limit">How many are wanted at most; fewer are told when they would not fit a message.</param>
    public sealed record GetAwake(int Limit) : IQuery;

    /// <param name="Domains">By name.</param>
    /// <param name="More">How many more there are.</param>
    public sealed record Awake(IReadOnlyList<DomainName> Domains, long More) : IReply;

    /// <summary>Asked of the writer: how are you?</summary>
    public sealed record GetWriter : IQuery;
}
