using System.Collections.Concurrent;
using Akka.Streams;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Amble.Actors.Specs.Local.Intake;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Cluster.Streams;
using Xunit;

namespace Amble.Cluster.Specs;

/// <summary>The Akka.NET runtime's intake keeps the same contract as the one-process runtime's, and lives on when its graph fails.</summary>
public sealed class StreamIntakeSpecs : IntakeContract
{
    private readonly Streaming _akka = new();

    private protected override DateTimeOffset Now => _akka.Clock.Now;

    private protected override IIntake<Item> Open(AccessLogSettings settings, WriteBatch<Item> write) => _akka.Open(settings, write, _ => { });

    private protected override Task ComesAsync(Func<bool> what) => _akka.ComesAsync(what);

    private protected override void Pass(double seconds) => _akka.Pass(seconds);

    private protected override async Task PassToDueAsync(double seconds)
    {
        await _akka.ComesAsync(() => _akka.Clock.IsDueWithin(seconds));
        Pass(seconds);
    }

    [Fact]
    public async Task A_write_that_throws_is_told_and_counted_and_the_next_is_written()
    {
        var faults = new List<Exception>();
        var intake = _akka.Open(Small, (batch, answer) =>
        {
            if (batch.Sequence == 2) throw new InvalidOperationException("No such table.");
            answer(new BatchOutcome.Stored(0));
        }, faults.Add);
        // The first batch says that the intake begins, and takes along what is there by then.
        await _akka.ComesAsync(() => intake.View.Batches == 1);
        for (var i = 0; i < 4; i++) intake.Offer(new Item(i));
        await _akka.ComesAsync(() => intake.Counts.DroppedPoison == 4);
        for (var i = 0; i < 4; i++) intake.Offer(new Item(i));
        await _akka.ComesAsync(() => intake.Counts.Written == 4);
        Assert.Equal("No such table.", Assert.Single(faults).Message);
        await intake.DisposeAsync();
    }

    /// <summary>An actor system whose time passes only when it is told to.</summary>
    private sealed class Streaming() : TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"\nakka.test.default-timeout = 60s")
    {
        public AkkaClock Clock => field ??= new AkkaClock((TestScheduler)Sys.Scheduler);

        public StreamIntake<Item> Open(AccessLogSettings settings, WriteBatch<Item> write, Action<Exception> onFault)
        {
            var intake = new StreamIntake<Item>(Clock, settings, Items, write, () => 0.5, onFault);
            intake.Start(Sys.Materializer());
            return intake;
        }

        // The kit's own wait goes by the clock that stands still.
        public async Task ComesAsync(Func<bool> what)
        {
            for (var looks = 0; !what(); looks++)
            {
                Assert.InRange(looks, 0, 30_000);
                await Task.Delay(1);
            }
        }

        public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    private sealed class AkkaClock(TestScheduler scheduler) : Local.IScheduler
    {
        private readonly ConcurrentDictionary<Put, DateTimeOffset> _due = new();

        public DateTimeOffset Now => scheduler.Now;

        public bool IsDueWithin(double seconds) => _due.Any(due => !due.Key.IsOver && due.Value <= Now.AddSeconds(seconds));

        public void Advance(TimeSpan by) => scheduler.Advance(by);

        public void Run(Action action) => ThreadPool.QueueUserWorkItem(_ => action());

        public void RunBlocking(Action action) => Run(action);

        public IDisposable RunAt(DateTimeOffset instant, Action action)
        {
            var wait = instant - Now;
            var put = new Put();
            ((Akka.Actor.IActionScheduler)scheduler).ScheduleOnce(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, () =>
            {
                if (put.End()) action();
            });
            _due[put] = instant;
            return put;
        }

        private sealed class Put : IDisposable
        {
            private int _over;

            public bool IsOver => Volatile.Read(ref _over) == 1;

            public bool End() => Interlocked.Exchange(ref _over, 1) == 0;

            public void Dispose() => End();
        }
    }
}
