using Akka.Actor;
using Akka.Streams;
using Amble.Actors.Specs.Local.Cards;
using Amble.Cluster.Streams;
using Amble.Local.Cards;

namespace Amble.Cluster.Specs;

/// <summary>The graphs of Akka.Streams keep the contract of cards.</summary>
public sealed class StreamCardSpecs : CardContract, IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("cards");

    private protected override ICardFlow OpenFlow(int slots)
    {
        var flow = new StreamCardFlow(slots, _ => { });
        flow.Open(_system.Materializer());
        return flow;
    }

    public void Dispose() => _system.Dispose();
}
