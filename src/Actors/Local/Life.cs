using Amble.Behaviours.Crawl;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Local;

/// <summary>One life of one entity: carries out its effects.</summary>
/// <param name="rebirth">What wakes the entity again after a crash.</param>
internal sealed class Life(World world, IEntities kin, Action rebirth) : ISurroundings
{
    private readonly Errands _errands = new(world.Outside);

    public IScheduler Scheduler => world.Outside.Scheduler;

    public void Tell(object command) => world.Tell(command);

    public void Persist(IJournaled happened, Action done)
    {
        var memory = ((DomainEvent.Cautioned)happened).Memory;
        world.Outside.Writer.Take(new WriterProtocol.SaveMemory(memory, Scheduler.Now), _ => done());
    }

    public void Begin(IWork work, Func<object, bool> post) => _errands.Begin(work, post);

    public bool LivesUnder(long epoch) => _errands.Epoch == epoch;

    public void Asleep(string key)
    {
        if (kin.Forget(key)) _errands.Leave();
    }

    public void Ended() => _errands.Abandon();

    public void Left() => _errands.Leave();

    public void Crashed(string key, Exception exception)
    {
        kin.Remove(key);
        // Should the domain have moved meanwhile, nobody here would give it back; born again here, it is claimed again.
        _errands.Leave();
        world.OnCrash(key, exception, rebirth);
    }
}
