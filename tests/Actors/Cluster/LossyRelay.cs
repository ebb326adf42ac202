using Akka.Actor;

namespace Amble.Cluster.Specs;

/// <summary>Stands between a node and the writer, and loses one message of so many, either way.</summary>
/// <param name="of">0 loses none.</param>
internal sealed class LossyRelay(IActorRef writer, int of) : UntypedActor
{
    private IActorRef _node = ActorRefs.Nobody;
    private readonly Random _chance = new(1);

    protected override void OnReceive(object message)
    {
        if (!Sender.Equals(writer)) _node = Sender;
        if (of > 0 && _chance.Next(of) == 0) return;
        (Sender.Equals(writer) ? _node : writer).Tell(message, Self);
    }
}
