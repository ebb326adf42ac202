using Amble.Local;
using Xunit;

namespace Amble.Actors.Specs.Local;

/// <summary>What is due is done in its order, never before its instant, and nothing is lost.</summary>
public sealed class LastMomentsSpecs
{
    private readonly PoolScheduler _scheduler = new(TimeProvider.System);

    [Theory, Trait("Seeds", "P-18+")]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(19.5)]
    [InlineData(20.5)]
    [InlineData(45)]
    public async Task Nothing_is_done_before_its_instant(double milliseconds)
    {
        var instant = _scheduler.Now + TimeSpan.FromMilliseconds(milliseconds);
        var rung = new TaskCompletionSource<DateTimeOffset>();
        using var alarm = _scheduler.RunAt(instant, () => rung.SetResult(_scheduler.Now));
        Assert.True(await rung.Task >= instant);
    }

    [Fact]
    public async Task What_is_nearer_does_not_wait_for_what_was_asked_before_it()
    {
        var moments = new LastMoments(() => _scheduler.Now);
        var (first, last) = (new TaskCompletionSource(), new TaskCompletionSource());
        var begin = _scheduler.Now;
        moments.RunAt(begin + TimeSpan.FromDays(1), last.SetResult);
        moments.RunAt(begin + TimeSpan.FromMilliseconds(2), first.SetResult);
        await first.Task;
        Assert.False(last.Task.IsCompleted);
    }

    [Fact]
    public async Task Nothing_is_lost_where_many_ask_at_once()
    {
        const int many = 10_000;
        using var done = new CountdownEvent(many);
        var begin = _scheduler.Now;
        await Task.WhenAll(Enumerable.Range(0, many).Select(n => Task.Run(() => _scheduler.RunAt(begin + TimeSpan.FromMilliseconds(n % 50), () => done.Signal()))));
        done.Wait();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task What_was_called_off_is_not_done(int milliseconds)
    {
        var clock = new StandingClock();
        var scheduler = new PoolScheduler(clock);
        var begin = scheduler.Now;
        var rung = 0;
        scheduler.RunAt(begin + TimeSpan.FromMilliseconds(milliseconds), () => Interlocked.Increment(ref rung)).Dispose();
        var later = new TaskCompletionSource();
        using var alarm = scheduler.RunAt(begin + TimeSpan.FromMilliseconds(milliseconds + 15), later.SetResult);
        clock.Move(TimeSpan.FromSeconds(1));
        await later.Task;
        Assert.Equal(0, rung);
    }

    /// <summary>Its time stands until it is moved; timers go by the real one and find that nothing is due.</summary>
    private sealed class StandingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }
}
