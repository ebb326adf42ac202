using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Local;
using Amble.Local.Intake;
using Xunit;

namespace Amble.Actors.Specs.Local.Intake;

/// <summary>The one-process runtime's intake keeps the contract, and what only real threads can show.</summary>
public sealed class LocalIntakeSpecs : IntakeContract
{
    private readonly TestScheduler _scheduler = new();

    private protected override DateTimeOffset Now => _scheduler.Now;

    private protected override IIntake<Item> Open(AccessLogSettings settings, WriteBatch<Item> write)
    {
        var intake = new LocalIntake<Item>(_scheduler, settings, Items, write, () => 0.5);
        intake.Start();
        return intake;
    }

    private protected override Task ComesAsync(Func<bool> what)
    {
        _scheduler.Settle();
        Assert.True(what());
        return Task.CompletedTask;
    }

    private protected override void Pass(double seconds) => _scheduler.Advance(seconds);

    [Theory, Trait("Seeds", "A-7+")]
    [InlineData(0)]
    [InlineData(60_000)]
    public async Task Many_threads_that_offer_while_it_closes_leave_nothing_uncounted(int deadlineMs)
    {
        for (var round = 0; round < 20; round++)
        {
            var stored = 0;
            var intake = new LocalIntake<Item>(new PoolScheduler(TimeProvider.System), Small with { Entries = 1_000 }, Items, (batch, answer) =>
            {
                stored += batch.Items.Count;
                answer(new BatchOutcome.Stored(0));
            }, () => 0.5);
            intake.Start();
            var threads = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < 2_000; i++) intake.Offer(new Item(i));
            })).ToList();
            await intake.DrainAsync(TimeSpan.FromMilliseconds(deadlineMs));
            await Task.WhenAll(threads);
            Assert.Equal((8_000, 0), (intake.Counts.Offered, intake.Counts.InFlight));
            Assert.InRange(stored, intake.Counts.Written, intake.Counts.Written + 16);
        }
    }

    [Fact, Trait("Seeds", "A-4")]
    public void Offering_allocates_nothing_beyond_the_entry()
    {
        var scheduler = new TestScheduler();
        var intake = new LocalIntake<Item>(scheduler, Usual, Items, (_, _) => { }, () => 0.5);
        var item = new Item(1);
        // The buffer's own memory grows up to what it may hold, and stays.
        for (var i = 0; i < 1_000; i++) intake.Offer(item);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) intake.Offer(item);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
