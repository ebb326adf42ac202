using Akka.Actor;
using Amble.Messages;

namespace Amble.Cluster.Entities;

/// <summary>Where domains and jobs are spoken to, wherever they live.</summary>
internal sealed class Regions
{
    public const string DomainType = "domain";
    public const string JobType = "job";

    /// <summary>The shard region of domains; set once, when it has started.</summary>
    public IActorRef Domains { get; set; } = ActorRefs.Nobody;

    /// <summary>The same of jobs.</summary>
    public IActorRef Jobs { get; set; } = ActorRefs.Nobody;

    /// <summary>Tells a domain that the store has work for it that is due. One that is awake knows, and does not read for it again.</summary>
    public void WakeDue(DomainName domain, IActorRef waker) => Domains.Tell(new DomainProtocol.Wake(domain), waker);

    public void Tell(object command)
    {
        switch (command)
        {
            case DomainProtocol.ICommand: Domains.Tell(command, ActorRefs.NoSender); break;
            case JobProtocol.ICommand: Jobs.Tell(command, ActorRefs.NoSender); break;
            default: throw new InvalidOperationException($"Nobody understands {command.GetType().Name}.");
        }
    }
}
