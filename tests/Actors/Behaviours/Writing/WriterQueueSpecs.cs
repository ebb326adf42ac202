using Amble.Behaviours.Writing;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Writing;

public class WriterQueueSpecs
{
    private static readonly DateTimeOffset Now = WriterCommands.Start;

    [Fact, Trait("Seeds", "S-2")]
    public void A_turn_holds_interactive_then_bulk_then_maintenance_each_in_order_of_arrival()
    {
        var queue = Queue(entries: 100);
        queue.TryAdd(WriterCommands.Bulk(1), "bulk 1", Now);
        queue.TryAdd(WriterCommands.Interactive(2), "interactive 2", Now);
        queue.TryAdd(WriterCommands.Bulk(3), "bulk 3", Now);
        queue.TryAdd(WriterCommands.Interactive(4), "interactive 4", Now);

        var turn = queue.Take(Now)!;

        Assert.Equal(["interactive 2", "interactive 4", "bulk 1", "bulk 3"], turn.Tags);
        Assert.Equal([WriterCommands.Interactive(2), WriterCommands.Interactive(4)], turn.Commands.Take(2));
    }

    [Fact, Trait("Seeds", "S-2")]
    public void Turns_become_shorter_when_commands_turn_out_to_be_slow()
    {
        var queue = Queue(entries: 4_096);
        var first = 0;
        var last = 0;
        for (var i = 0; i < 40; i++)
        {
            while (queue.TryAdd(WriterCommands.Bulk(), "", Now)) { }
            var turn = queue.Take(Now)!;
            if (i == 0) first = turn.Commands.Count;
            last = turn.Commands.Count;
            queue.Done(turn, TimeSpan.FromMilliseconds(turn.Commands.Count));
        }
        Assert.InRange(first, 399, 400);
        Assert.InRange(last, 18, 21);
    }

    [Fact, Trait("Seeds", "S-3")]
    public void A_stalled_disk_fills_the_intake_and_then_nothing_more_is_taken()
    {
        var queue = Queue(entries: 80);
        var taken = 0;
        for (var i = 0; i < 1_000; i++) if (queue.TryAdd(WriterCommands.Bulk(i), i, Now)) taken++;
        var turn = queue.Take(Now)!;

        Assert.Equal(70, taken);
        Assert.False(queue.TryAdd(WriterCommands.Bulk(), "", Now));
        Assert.Equal((70, 931L), (queue.Count, queue.Refused));

        queue.Done(turn, TimeSpan.FromMilliseconds(1));
        Assert.True(queue.TryAdd(WriterCommands.Bulk(), "", Now));
    }

    [Fact, Trait("Seeds", "S-3")]
    public void Room_is_kept_for_interactive_commands()
    {
        var queue = Queue(entries: 80);
        while (queue.TryAdd(WriterCommands.Bulk(), "", Now)) { }
        Assert.True(queue.TryAdd(WriterCommands.Interactive(), "", Now));
    }

    [Fact, Trait("Seeds", "S-3")]
    public void The_intake_is_bounded_in_bytes()
    {
        var queue = new WriterQueue(new WriterQueueSettings(10_000, 1 << 20, TimeSpan.FromMilliseconds(20)));
        while (queue.TryAdd(WriterCommands.Links(500), "", Now)) { }
        Assert.InRange(queue.Bytes, 800_000, 1 << 20);
        Assert.InRange(queue.Count, 5, 30);
    }

    [Fact, Trait("Seeds", "S-3")]
    public void A_command_larger_than_the_whole_intake_comes_in_alone()
    {
        var queue = new WriterQueue(new WriterQueueSettings(10, 1_000, TimeSpan.FromMilliseconds(20)));
        Assert.True(queue.TryAdd(WriterCommands.Links(500), "", Now));
        Assert.False(queue.TryAdd(WriterCommands.Bulk(), "", Now));
    }

    [Fact, Trait("Seeds", "S-3")]
    public void Everything_that_came_in_goes_out_once()
    {
        var queue = Queue(entries: 1_000);
        for (var i = 0; i < 300; i++)
            Assert.True(queue.TryAdd(i % 3 == 0 ? WriterCommands.Interactive(i) : i % 3 == 1 ? WriterCommands.Bulk(i) : new WriterCommands.Slice(i), i, Now));

        var seen = new List<object>();
        while (queue.Take(Now) is { } turn)
        {
            seen.AddRange(turn.Tags);
            queue.Done(turn, TimeSpan.FromMilliseconds(25));
        }

        Assert.Equal(Enumerable.Range(0, 300), seen.Cast<int>().Order());
        Assert.Equal((0, 0L, 0), (queue.Count, queue.Bytes, queue.Waiting));
    }

    [Fact]
    public void The_oldest_is_counted_while_its_turn_is_under_way()
    {
        var queue = Queue(entries: 100);
        Assert.Equal(TimeSpan.Zero, queue.OldestAge(Now));
        queue.TryAdd(WriterCommands.Bulk(), "", Now);
        queue.Take(Now.AddSeconds(1));
        queue.TryAdd(WriterCommands.Bulk(), "", Now.AddSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(5), queue.OldestAge(Now.AddSeconds(5)));
    }

    [Fact]
    public void There_is_one_turn_at_a_time()
    {
        var queue = Queue(entries: 100);
        queue.TryAdd(WriterCommands.Bulk(), "", Now);
        queue.Take(Now);
        Assert.Throws<InvalidOperationException>(() => queue.Take(Now));
    }

    private static WriterQueue Queue(int entries) => new(WriterQueueSettings.Default with { Entries = entries });
}
