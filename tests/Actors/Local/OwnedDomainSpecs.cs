using Amble.Behaviours.Crawl;
using Amble.Behaviours.Owning;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local;

/// <summary>What a runtime that is one of several does with its domains (S-5).</summary>
[Trait("Seeds", "S-5")]
public sealed class OwnedDomainSpecs
{
    private static readonly NewJob Asked = new(PageUrl.FromStored("http://a.test/"), JobLimits.None, 1, false, false);
    private static readonly Unit Page = new(new UnitKey(new JobId(1), new PageId(1)), UnitKind.Page, Asked.Start, 0, 0, 0, 0, TestScheduler.Begin, null);

    private readonly TestScheduler _scheduler = new();
    private readonly ScriptedStore _store = new();
    private readonly ScriptedLeases _table = new();
    private readonly ScriptedWeb _web;
    private readonly LocalRuntime _runtime;

    public OwnedDomainSpecs()
    {
        _web = new ScriptedWeb(_scheduler);
        _store.Robots.Add(new RobotsRecord("http://a.test", 404, null, true, TestScheduler.Begin, TestScheduler.Begin.AddDays(1)));
        var ownership = new LeasedOwnership(_scheduler, _table, "a", LeaseSettings.Default);
        ownership.Start();
        _scheduler.Settle();
        var settings = new LocalSettings(new CrawlSettings(), WriterQueueSettings.Default, null, TimeSpan.FromSeconds(1), (who, surprise) => Assert.Fail($"{who}: {surprise}"));
        _runtime = new LocalRuntime(_scheduler, _store, _store, _web, settings, new Neighbours(ownership, _ => false));
    }

    private void Crawl()
    {
        _store.Open.Add(Page);
        _ = _runtime.CreateAsync(Asked, CancellationToken.None);
        _scheduler.Settle();
    }

    [Fact]
    public void Nothing_is_asked_while_another_node_may_own_the_domain()
    {
        _table.Waits = TimeSpan.FromSeconds(1);
        Crawl();
        _scheduler.Advance(20);
        Assert.Empty(_web.Asked);

        _table.Waits = null;
        _scheduler.Advance(5);
        Assert.Single(_web.Asked);
    }

    [Fact]
    [Trait("Seeds", "P-16+")]
    public void A_domain_that_moved_rests_one_delay_whatever_its_last_start_says()
    {
        _store.Memories[Page.Url.Domain] = DomainMemory.Blank(Page.Url.Domain) with { Delay = TimeSpan.FromSeconds(5), LastStartAt = TestScheduler.Begin.AddDays(-1) };
        _table.IsMoved = true;
        Crawl();
        _scheduler.Advance(20);
        Assert.True(_web.AskedAt[0] >= TestScheduler.Begin.AddSeconds(5));
        // Durable before it asks, and later than whatever its former owner may still send.
        Assert.Equal(TestScheduler.Begin, _store.Commands.OfType<WriterProtocol.SaveMemory>().First(c => c.Memory.Awake).Memory.LastStartAt);
    }

    [Fact]
    public void With_the_lease_ends_what_lived_under_it_and_what_was_under_way_is_called_off()
    {
        _web.Hangs = true;
        Crawl();
        _scheduler.Advance(1);
        Assert.Equal(1, _runtime.Health.DomainsAwake);

        _table.IsGone = true;
        _scheduler.Advance(4);

        Assert.Equal((0, 0), (_runtime.Health.DomainsAwake, _runtime.Health.InFlight));
        Assert.True(_web.WasStopped);
    }

    [Fact]
    public void A_domain_that_is_handed_over_is_given_back_once_nothing_is_under_way()
    {
        Crawl();
        _scheduler.Run(() => _runtime.HandOver(Page.Url.Domain));
        _scheduler.Settle();
        Assert.Equal(_table.Claimed, _table.Released);
        Assert.Equal(0, _runtime.Health.DomainsAwake);
    }

    [Fact]
    public void A_domain_that_falls_asleep_is_given_back()
    {
        Crawl();
        _scheduler.Advance(120);
        Assert.Equal(0, _runtime.Health.DomainsAwake);
        Assert.Equal(_table.Claimed[^1], _table.Released[^1]);
    }
}
