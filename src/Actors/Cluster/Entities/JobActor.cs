using Akka.Actor;
using Akka.Cluster.Sharding;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Cluster.Node;
using Amble.Messages;

namespace Amble.Cluster.Entities;

/// <summary>
/// One job, somewhere in the cluster: drives <see cref="JobBehaviour"/>. Its truth is the store, so it keeps no journal: wherever it is
/// born, it first reads where the job stands, and hears what is said to it only then.
/// </summary>
internal sealed class JobActor : UntypedActor, IShell, IWithUnboundedStash
{
    // After a read of the store failed, it is tried again this much later.
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    private readonly JobId _job;
    private readonly NodeParts _node;
    private readonly Driver<JobLife> _life;
    private bool _found;
    private bool _orderly;

    public JobActor(string key, NodeParts node)
    {
        _node = node;
        var behaviour = new JobBehaviour();
        var born = behaviour.Born(key);
        _job = born.Id;
        _life = new Driver<JobLife>(behaviour, born, node.Outside, Self, this);
    }

    public IStash Stash { get; set; } = null!;

    public void Persist(IReadOnlyList<IJournaled> happened, Action done) => done();

    public void Tell(object command) => _node.Regions.Tell(command);

    public void Asleep() => Context.Parent.Tell(new Passivate(Rest.Instance));

    public void Crashed(Exception surprise)
    {
        _node.Outside.OnFault($"job {_job}", surprise);
        Context.Stop(Self);
    }

    protected override void PreStart() => Find(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Found found: Begin(found.Unfinished); break;
            // What it was doing goes on wherever it is born next, from what is stored.
            case Rest or Leave: GoOrderly(); break;
            case var early when !_found: Stash.Stash(); break;
            case Brought brought: _life.Take(brought.Message, ActorRefs.NoSender); break;
            default: _life.Take(message, Sender); break;
        }
    }

    protected override void PostStop()
    {
        _life.End(_orderly);
        if (!_orderly) _node.Rebirth(_job.ToString(), TakeUpAgain);
    }

    private void TakeUpAgain()
    {
        _node.Outside.Scheduler.RunBlocking(() =>
        {
            try
            {
                if (_node.Outside.Reads.ReadUnfinishedJob(_job) is { } unfinished) Tell(unfinished);
            }
            catch (StoreUnavailableException)
            {
                // The waker finds it, too.
            }
        });
    }

    private void Find(IActorRef self) => _node.Outside.Scheduler.RunBlocking(() =>
    {
        try
        {
            self.Tell(new Found(_node.Outside.Reads.ReadUnfinishedJob(_job)));
        }
        catch (StoreUnavailableException)
        {
            _node.Outside.Scheduler.RunAt(_node.Outside.Scheduler.Now + _again, () => Find(self));
        }
    });

    private void Begin(JobProtocol.TakeUp? unfinished)
    {
        _found = true;
        if (unfinished is not null) _life.Take(unfinished, ActorRefs.NoSender);
        Stash.UnstashAll();
    }

    private void GoOrderly()
    {
        _orderly = true;
        Context.Stop(Self);
    }

    private sealed record Found(JobProtocol.TakeUp? Unfinished) : INoSerializationVerificationNeeded;
}
