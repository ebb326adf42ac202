using Akka.Actor;
using Amble.Behaviours.Ports;
using Amble.Cluster.Node;
using Amble.Messages;

namespace Amble.Cluster.Doors;

/// <summary>Answers operators of any node about the domains that live on this one. It pipes and never waits.</summary>
internal sealed class OperatorActor : UntypedActor
{
    public const string Name = "operator";

    // What one wire message surely holds.
    private const int MostTold = 100;

    // Who does not answer by then is told without a status, in time for whoever asked.
    private static readonly TimeSpan _answerWithin = IInspection.Deadline / 2;

    private readonly NodeParts _node;

    public OperatorActor(NodeParts node) => _node = node;

    protected override void OnReceive(object message)
    {
        if (message is OperatorProtocol.GetAwake wanted) ReadAwakeAsync(_node, Math.Min(wanted.Limit, MostTold)).PipeTo(Sender, Self);
        else Unhandled(message);
    }

    private static async Task<AwakeDomains> ReadAwakeAsync(NodeParts node, int limit)
    {
        var names = node.Awake.Names.Order(StringComparer.Ordinal).ToList();
        var told = await Task.WhenAll(names.Take(limit).Select(name => StatusAsync(node, DomainName.FromStored(name)))).ConfigureAwait(false);
        return new AwakeDomains([.. told.OfType<AwakeDomain>()], Math.Max(0, names.Count - limit));
    }

    /// <summary>Null when it fell asleep meanwhile.</summary>
    private static async Task<AwakeDomain?> StatusAsync(NodeParts node, DomainName name)
    {
        try
        {
            var status = await node.Regions.Domains.Ask<DomainProtocol.Status>(new DomainProtocol.GetStatus(name), _answerWithin).ConfigureAwait(false);
            return status.IsAsleep ? null : new AwakeDomain(name, status);
        }
        catch (AskTimeoutException)
        {
            return new AwakeDomain(name, null);
        }
    }
}
