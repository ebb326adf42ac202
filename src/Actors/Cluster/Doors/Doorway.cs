using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Hosting;
using Amble.Cluster.Entities;
using Amble.Cluster.Node;
using Amble.Cluster.Writing;
using Amble.Messages;

namespace Amble.Cluster.Doors;

/// <summary>This node's own actors, which the doors speak to.</summary>
internal sealed class Doorway(WriterLane lane, JobNews news, Func<JobId, JobState?> stateOf)
{
    public IActorRef Ingress { get; private set; } = ActorRefs.Nobody;

    /// <summary>Knows where the writer is.</summary>
    public IActorRef Writer { get; private set; } = ActorRefs.Nobody;

    /// <summary>Null before the start.</summary>
    public ActorSystem? System { get; private set; }

    /// <summary>Called once, when the actors of the cluster have started.</summary>
    public void Open(ActorSystem system, IActorRegistry actors, NodeParts node)
    {
        node.Regions.Domains = actors.Get<DomainActor>();
        node.Regions.Jobs = actors.Get<JobActor>();
        news.Mediator = DistributedPubSub.Get(system).Mediator;
        var writer = Writer = actors.Get<WriterActor>();
        System = system;
        system.ActorOf(Props.Create(() => new WriterClientActor(lane, writer)), "writer-client");
        Ingress = system.ActorOf(Props.Create(() => new IngressActor(node, lane, news, stateOf)), "ingress");
        system.ActorOf(Props.Create(() => new OperatorActor(node)), OperatorActor.Name);
    }
}
