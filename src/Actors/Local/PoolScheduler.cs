namespace Amble.Local;

/// <summary>
/// Real life: behaviours run on the thread pool, work that blocks on <see cref="BlockingThreads"/>, timers on a <see cref="TimeProvider"/>. The wall clock is read once and
/// carried on by the monotonic one, so that a clock that is set back or forth cannot hurry or stall a domain.
/// </summary>
public sealed class PoolScheduler(TimeProvider clock) : IScheduler
{
    // More than any store is asked at once.
    private const int MostBlocked = 64;

    // A writer and a lease, each with one thing at a time, and what they did before while it still hangs.
    private const int MostPrompt = 8;

    private readonly BlockingThreads _blocking = new(MostBlocked);
    private readonly BlockingThreads _prompt = new(MostPrompt);
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly long _startedTicks = clock.GetTimestamp();

    public DateTimeOffset Now => _startedAt + clock.GetElapsedTime(_startedTicks);

    public void Run(Action action) => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), action, preferLocal: false);

    public void RunBlocking(Action action) => _blocking.Run(action);

    public void RunPromptly(Action action) => _prompt.Run(action);

    public void RunLong(Action action) => new Thread(() => action()) { IsBackground = true }.Start();

    public IDisposable RunAt(DateTimeOffset instant, Action action)
    {
        var wait = instant - Now;
        // A timer takes at most 49 days and may fire a moment early; both are mended by looking at the clock again.
        var due = wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
        return new Alarm(this, instant, action, due);
    }

    private sealed class Alarm : IDisposable
    {
        private readonly ITimer _timer;
        private int _done;

        public Alarm(PoolScheduler scheduler, DateTimeOffset instant, Action action, TimeSpan due)
        {
            _timer = scheduler.Timer(_ =>
            {
                var left = instant - scheduler.Now;
                if (left > TimeSpan.Zero)
                {
                    _timer!.Change(left > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : RoundUp(left), Timeout.InfiniteTimeSpan);
                    return;
                }
                if (Interlocked.Exchange(ref _done, 1) == 0) action();
            });
            _timer.Change(RoundUp(due), Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _done, 1);
            _timer.Dispose();
        }

        private static TimeSpan RoundUp(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
    }

    private ITimer Timer(TimerCallback callback) => clock.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
