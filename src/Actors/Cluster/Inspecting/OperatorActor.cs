using Akka.Actor;
using Amble.Cluster.Node;
using Amble.Messages;

namespace Amble.Cluster.Inspecting;

/// <summary>Tells the operators of any node what lives on this one.</summary>
internal sealed class OperatorActor(NodeParts node) : UntypedActor
{
    public const string Name = "operator";

    // Well within a wire message, whatever the names are.
    private const int MostCharacters = 32 << 10;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OperatorProtocol.GetAwake asked: Sender.Tell(Awake(asked.Limit)); break;
            default: Unhandled(message); break;
        }
    }

    private OperatorProtocol.Awake Awake(int limit)
    {
        var names = node.Awake.Names;
        var told = new List<DomainName>();
        var characters = 0;
        foreach (var name in names)
        {
            if (told.Count == limit || (characters += name.Length) > MostCharacters) break;
            told.Add(DomainName.FromStored(name));
        }
        return new OperatorProtocol.Awake(told, names.Count - told.Count);
    }
}
