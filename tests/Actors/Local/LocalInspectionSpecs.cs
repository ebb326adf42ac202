using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local;

/// <summary>Looking into one process never hangs and never changes it (S-8).</summary>
[Trait("Seeds", "S-8")]
public sealed class LocalInspectionSpecs
{
    private static readonly DomainName Domain = DomainName.Of("a.test", 80);
    private static readonly NewJob Asked = new(PageUrl.FromStored("http://a.test/"), JobLimits.None, 1, false, false);
    private static readonly Unit Page = new(new UnitKey(new JobId(1), new PageId(1)), UnitKind.Page, Asked.Start, 0, 0, 0, 0, TestScheduler.Begin, null);

    private readonly TestScheduler _scheduler = new();
    private readonly ScriptedStore _store = new();
    private readonly LocalRuntime _runtime;

    public LocalInspectionSpecs()
    {
        _store.Robots.Add(new RobotsRecord("http://a.test", 404, null, true, TestScheduler.Begin, TestScheduler.Begin.AddDays(1)));
        var settings = new LocalSettings(new CrawlSettings(), WriterQueueSettings.Default, null, TimeSpan.FromSeconds(1), (_, _) => { });
        _runtime = new LocalRuntime(_scheduler, _store, _store, new ScriptedWeb(_scheduler), settings);
        _store.Open.Add(Page);
        var creating = _runtime.CreateAsync(Asked, CancellationToken.None);
        while (!creating.IsCompleted) _scheduler.Step();
    }

    private Task<T> Settled<T>(Task<T> asked)
    {
        _scheduler.Settle();
        return asked;
    }

    [Fact]
    public async Task Who_is_awake_tells_all_of_itself_and_of_a_unit()
    {
        _scheduler.Settle();
        var inspection = _runtime.Inspection;
        Assert.Equal(Domain, (await Settled(inspection.ReadDetailsAsync(Domain, default)))!.Status.Domain);
        Assert.Equal(DomainProtocol.UnitPlace.InFlight, (await Settled(inspection.ReadStandingAsync(Domain, Page.Key, default)))!.Place);
        var awake = Assert.Single((await Settled(inspection.ReadAwakeAsync(10, default))).Domains);
        Assert.Equal((Domain, DomainProtocol.Status.Asking), (awake.Domain, awake.Status!.Doing));
        var none = await Settled(inspection.ReadAwakeAsync(0, default));
        Assert.Equal((0, 1L), (none.Domains.Count, none.More));
        Assert.Equal(new ShardView("all", "this process", 1), Assert.Single(await inspection.ReadShardsAsync(default)));
    }

    [Fact]
    public async Task Who_is_asleep_is_not_woken_by_the_question()
    {
        var other = DomainName.Of("b.test", 80);
        Assert.Null(await Settled(_runtime.Inspection.ReadDetailsAsync(other, default)));
        Assert.Null(await Settled(_runtime.Inspection.ReadStandingAsync(other, Page.Key, default)));
        Assert.Equal(1, _runtime.Health.DomainsAwake);
    }

    [Fact]
    public async Task Who_waits_for_a_disk_that_does_not_answer_is_given_up()
    {
        // Before its first request the domain makes durable that it asks, and takes no message until that is done.
        _store.TurnsToFail = 1_000;
        _scheduler.Settle();
        var details = _runtime.Inspection.ReadDetailsAsync(Domain, default);
        var awake = _runtime.Inspection.ReadAwakeAsync(10, default);
        _scheduler.Advance(IInspection.Deadline.TotalSeconds);
        await Assert.ThrowsAsync<TimeoutException>(() => details);
        Assert.Null(Assert.Single((await awake).Domains).Status);
        Assert.Equal("The store is not there.", (await _runtime.Inspection.ReadWriterAsync(default)).Trouble);
    }

    [Fact]
    public async Task The_writer_tells_its_turns_by_class()
    {
        _scheduler.Settle();
        var writer = await _runtime.Inspection.ReadWriterAsync(default);
        Assert.Equal((0, 0L, true, null), (writer.Waiting, writer.Bytes, writer.HasRoom, writer.Trouble));
        Assert.Equal([WriterProtocol.Priority.Interactive, WriterProtocol.Priority.Bulk, WriterProtocol.Priority.Maintenance], writer.Lanes.Select(lane => lane.Class));
        Assert.Equal(_store.Commands.Count(command => command.Priority == WriterProtocol.Priority.Interactive), writer.Lanes[0].Done);
        Assert.Equal(_store.Commands.Count(), writer.Lanes.Sum(lane => lane.Done));
        Assert.True(writer.Turns > 0 && writer.Lanes.Sum(lane => lane.Turns) >= writer.Turns);
    }
}
