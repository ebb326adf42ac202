using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Amble.Actors.Specs.Local;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Writing;
using Amble.Cluster.Entities;
using Amble.Cluster.Node;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Cluster.Specs;

/// <summary>The shell of a domain: what it does around its behaviour, with a journal that can be held.</summary>
public sealed class DomainActorSpecs : TestKit
{
    private const string Name = "a.test";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly NewJob _asked = new(PageUrl.FromStored("http://a.test/"), JobLimits.None, 1, false, false);
    private static readonly Unit _page = new(new UnitKey(new JobId(1), new PageId(1)), UnitKind.Page, _asked.Start, 0, 0, 0, 0, DateTimeOffset.UnixEpoch, null);

    private readonly PoolScheduler _scheduler = new(TimeProvider.System);
    private readonly ScriptedStore _script = new();
    private readonly ScriptedWeb _web;
    private readonly NodeParts _node;
    private readonly TestProbe _regions;
    private readonly TestProbe _shard;

    public DomainActorSpecs()
        : base($"akka.persistence.journal.plugin = holding\nholding.class = \"{typeof(HeldJournal).FullName}, {typeof(HeldJournal).Assembly.GetName().Name}\"")
    {
        _web = new ScriptedWeb(_scheduler);
        _script.Robots.Add(new RobotsRecord("http://a.test", 404, null, true, _scheduler.Now, _scheduler.Now.AddDays(1)));
        _script.Job = new JobSpec(new JobId(1), _asked);
        var store = new LockedStore(_script);
        var writer = new LocalWriter(_scheduler, store, WriterQueueSettings.Default);
        _node = new NodeParts(new CrawlSettings(), new Outside(_scheduler, store, _web, writer, new Permits(null, () => true), (_, _) => { }, _ => { }, CancellationToken.None));
        _regions = CreateTestProbe();
        _node.Regions.Domains = _node.Regions.Jobs = _regions;
        _shard = CreateTestProbe();
    }

    [Fact, Trait("Seeds", "P-16+")]
    public async Task Nothing_is_asked_before_that_it_begins_to_ask_is_in_the_journal()
    {
        _script.Open.Add(_page);
        var held = HeldJournal.Hold(Name);
        var domain = Domain();
        domain.Tell(new DomainProtocol.Wake(DomainName.FromStored(Name)));
        await held.Reached.WaitAsync(_patience);
        Assert.Empty(_web.Asked);
        held.Release();
        await AwaitConditionAsync(() => Task.FromResult(_web.Asked.Count == 1), _patience);
    }

    [Fact]
    public void A_domain_with_nothing_to_do_asks_its_shard_to_be_forgotten()
    {
        var domain = Domain();
        domain.Tell(new DomainProtocol.Wake(DomainName.FromStored(Name)));
        Assert.Same(Rest.Instance, _shard.FishForMessage(message => message is Passivate, _patience) is Passivate passivate ? passivate.StopMessage : null);
        Watch(domain);
        domain.Tell(Rest.Instance);
        ExpectTerminated(domain, _patience);
        Assert.Equal(0, _node.Awake.Count);
        _regions.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Work_that_came_while_it_was_being_forgotten_is_told_to_its_next_life()
    {
        var domain = Domain();
        domain.Tell(new DomainProtocol.Wake(DomainName.FromStored(Name)));
        _shard.FishForMessage(message => message is Passivate, _patience);
        Watch(domain);
        domain.Tell(new DomainProtocol.Wake(DomainName.FromStored(Name)));
        domain.Tell(Rest.Instance);
        ExpectTerminated(domain, _patience);
        Assert.Equal(new DomainProtocol.Wake(DomainName.FromStored(Name)), _regions.ExpectMsg<DomainProtocol.Wake>(_patience));
    }

    [Fact, Trait("Seeds", "S-3")]
    public async Task One_that_must_leave_gives_its_permits_back()
    {
        _web.Hangs = true;
        _script.Open.Add(_page);
        var domain = Domain();
        domain.Tell(new DomainProtocol.Wake(DomainName.FromStored(Name)));
        await AwaitConditionAsync(() => Task.FromResult(_web.Asked.Count == 1), _patience);
        Assert.Equal((1, 1), (_node.Outside.Permits.InFlight, _node.Outside.Permits.InHand));
        Watch(domain);
        domain.Tell(Leave.Instance);
        ExpectTerminated(domain, _patience);
        Assert.Equal((0, 0), (_node.Outside.Permits.InFlight, _node.Outside.Permits.InHand));
    }

    [Fact, Trait("Seeds", "P-16+")]
    public async Task One_whose_journal_fails_asks_nothing_and_is_born_again()
    {
        _script.Open.Add(_page);
        HeldJournal.Fail(Name);
        var domain = Domain();
        Watch(domain);
        domain.Tell(new DomainProtocol.Wake(DomainName.FromStored(Name)));
        ExpectTerminated(domain, _patience);
        Assert.Empty(_web.Asked);
        Assert.Equal(new DomainProtocol.Wake(DomainName.FromStored(Name)), _regions.ExpectMsg<DomainProtocol.Wake>(_patience));
        var next = Domain();
        next.Tell(new DomainProtocol.Wake(DomainName.FromStored(Name)));
        await AwaitConditionAsync(() => Task.FromResult(_web.Asked.Count == 1), _patience);
    }

    /// <summary>Born below a shard that only listens.</summary>
    private IActorRef Domain()
    {
        var shard = Sys.ActorOf(Props.Create(() => new Shard(_shard)));
        return shard.Ask<IActorRef>(Props.Create(() => new DomainActor(Name, _node)), _patience).GetAwaiter().GetResult();
    }

    private sealed class Shard(IActorRef listener) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Props props) Sender.Tell(Context.ActorOf(props));
            else listener.Forward(message);
        }
    }
}
