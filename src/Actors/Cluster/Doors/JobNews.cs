using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Amble.Messages;

namespace Amble.Cluster.Doors;

/// <summary>
/// What was committed about a job is told to every node, because whoever waits for it may sit at any door. News may be lost; who waits
/// also looks into the store.
/// </summary>
internal sealed class JobNews
{
    public const string Topic = "jobs";

    /// <summary>The mediator; set once, when it has started.</summary>
    public IActorRef Mediator { get; set; } = ActorRefs.Nobody;

    public void Tell(WriterProtocol.IReply reply)
    {
        if (reply is WriterProtocol.EndBegun or WriterProtocol.JobEnded or WriterProtocol.JobRetried) Mediator.Tell(new Publish(Topic, reply), ActorRefs.NoSender);
    }
}
