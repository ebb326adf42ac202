using Akka.Streams;
using Akka.TestKit.Xunit2;
using Amble.Behaviours.Ports;
using Amble.Cluster.Streams;
using Xunit;

namespace Amble.Cluster.Specs;

/// <summary>A side stream loses nothing uncounted: offered = written + dropped by reason + in flight.</summary>
public sealed class StreamIntakeSpecs : TestKit
{
    private static readonly IntakeSettings _small = new(16, 4, TimeSpan.FromMilliseconds(50), 1);

    private readonly List<Exception> _faults = [];

    [Fact, Trait("Seeds", "A-7+")]
    public async Task What_was_offered_is_written_or_counted_by_its_reason()
    {
        var hold = new TaskCompletionSource();
        var intake = Intake(_small, async (batch, _) =>
        {
            await hold.Task;
            return batch.Count(item => item < 0);
        });
        var taken = Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? -1 : i).Count(intake.Offer);
        Assert.Equal(new IntakeCounts(100, 0, 100 - taken, 0, 0), intake.Counts);
        hold.SetResult();
        await intake.DrainAsync(TimeSpan.FromSeconds(30));
        var counts = intake.Counts;
        Assert.Equal((100, 0), (counts.Offered, counts.InFlight));
        Assert.Equal(taken, counts.Written + counts.DroppedPoison);
        Assert.NotEqual(0, counts.DroppedPoison);
        Assert.NotEqual(0, counts.DroppedFull);
    }

    [Fact, Trait("Seeds", "A-2")]
    public async Task A_write_has_at_most_so_many_and_a_few_do_not_wait_for_more()
    {
        var sizes = new List<int>();
        var intake = Intake(_small with { Capacity = 1_000 }, (batch, _) =>
        {
            lock (sizes) sizes.Add(batch.Count);
            return Task.FromResult(0);
        });
        for (var i = 0; i < 10; i++) Assert.True(intake.Offer(i));
        await AwaitConditionAsync(() => Task.FromResult(intake.Counts.Written == 10), TimeSpan.FromSeconds(30));
        Assert.All(sizes, size => Assert.InRange(size, 1, 4));
        await intake.DisposeAsync();
    }

    [Fact, Trait("Seeds", "A-4")]
    public async Task A_full_intake_turns_the_newcomer_away_and_one_that_drains_everybody()
    {
        var intake = Intake(_small, (_, stop) => Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => 0, stop));
        while (intake.Offer(1)) { }
        Assert.Equal(1, intake.Counts.DroppedFull);
        await intake.DrainAsync(TimeSpan.Zero);
        Assert.False(intake.Offer(1));
        var counts = intake.Counts;
        Assert.Equal((0, 2), (counts.InFlight, counts.DroppedFull));
        Assert.Equal(counts.Offered - 2, counts.DroppedDeadline);
    }

    [Fact]
    public async Task A_write_that_throws_is_told_and_counted_and_the_next_is_written()
    {
        var first = true;
        var intake = Intake(_small, (_, _) =>
        {
            if (!first) return Task.FromResult(0);
            first = false;
            throw new InvalidOperationException("No such table.");
        });
        intake.Offer(1);
        await AwaitConditionAsync(() => Task.FromResult(intake.Counts.DroppedPoison == 1), TimeSpan.FromSeconds(30));
        intake.Offer(2);
        await intake.DrainAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(new IntakeCounts(2, 1, 0, 1, 0), intake.Counts);
        Assert.Single(_faults);
    }

    private StreamIntake<int> Intake(IntakeSettings settings, WriteBatch<int> write) => new(Sys.Materializer(), settings, write, _faults.Add);
}
