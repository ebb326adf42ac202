using Amble.Local;
using Xunit;

namespace Amble.Actors.Specs.Local;

/// <summary>Work that blocks keeps nobody else waiting, up to a number of threads.</summary>
public sealed class BlockingThreadsSpecs
{
    [Fact]
    public void Work_that_blocks_does_not_keep_the_next_one_waiting()
    {
        var threads = new BlockingThreads(most: 3);
        using var held = new ManualResetEventSlim();
        using var done = new CountdownEvent(1);
        threads.Run(held.Wait);
        threads.Run(held.Wait);
        threads.Run(() => done.Signal());
        done.Wait();
        held.Set();
    }

    [Fact]
    public void Beyond_the_most_work_waits_and_is_done_in_order()
    {
        var threads = new BlockingThreads(most: 1);
        using var held = new ManualResetEventSlim();
        using var done = new CountdownEvent(100);
        var order = new List<int>();
        threads.Run(held.Wait);
        for (var n = 0; n < 100; n++)
        {
            var number = n;
            threads.Run(() =>
            {
                order.Add(number);
                done.Signal();
            });
        }
        Assert.Empty(order);
        held.Set();
        done.Wait();
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public void Nothing_is_lost_where_many_hand_in_at_once()
    {
        var threads = new BlockingThreads(most: 4);
        using var done = new CountdownEvent(10_000);
        Parallel.For(0, 10_000, _ => threads.Run(() => done.Signal()));
        done.Wait();
    }
}
