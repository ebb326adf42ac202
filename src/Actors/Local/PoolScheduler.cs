namespace Amble.Local;

/// <summary>
/// Real life: behaviours run on the thread pool, work that blocks on <see cref="BlockingThreads"/>, timers on a <see cref="TimeProvider"/>
/// and their end on <see cref="LastMoments"/>. The wall clock is read once and carried on by the monotonic one, so that a clock that is set
/// back or forth cannot hurry or stall a domain.
/// </summary>
public sealed class PoolScheduler : IScheduler
{
    // More than any store is asked at once.
    private const int MostBlocked = 64;

    // A writer and a lease, each with one thing at a time, and what they did before while it still hangs.
    private const int MostPrompt = 8;

    private readonly BlockingThreads _blocking = new(MostBlocked);
    private readonly BlockingThreads _prompt = new(MostPrompt);
    private readonly LastMoments _lastMoments;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startedTicks;

    public PoolScheduler(TimeProvider clock)
    {
        (_clock, _startedAt, _startedTicks) = (clock, clock.GetUtcNow(), clock.GetTimestamp());
        _lastMoments = new LastMoments(() => Now);
    }

    public DateTimeOffset Now => _startedAt + _clock.GetElapsedTime(_startedTicks);

    public void Run(Action action) => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), action, preferLocal: false);

    public void RunBlocking(Action action) => _blocking.Run(action);

    public void RunPromptly(Action action) => _prompt.Run(action);

    public void RunLong(Action action) => new Thread(() => action()) { IsBackground = true }.Start();

    public IDisposable RunAt(DateTimeOffset instant, Action action) => new Alarm(this, instant, action);

    /// <summary>A timer for as long as it is precise enough, the last moments by <see cref="LastMoments"/>.</summary>
    private sealed class Alarm : IDisposable
    {
        // A timer takes at most 49 days.
        private static readonly TimeSpan _most = TimeSpan.FromDays(1);

        private readonly PoolScheduler _scheduler;
        private readonly DateTimeOffset _instant;
        private readonly Action _action;
        private readonly ITimer? _timer;
        private int _done;

        public Alarm(PoolScheduler scheduler, DateTimeOffset instant, Action action)
        {
            (_scheduler, _instant, _action) = (scheduler, instant, action);
            var left = instant - scheduler.Now;
            if (left <= LastMoments.Most)
            {
                scheduler._lastMoments.RunAt(instant, Ring);
                return;
            }
            _timer = scheduler._clock.CreateTimer(static alarm => ((Alarm)alarm!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Await(left);
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _done, 1);
            _timer?.Dispose();
        }

        // A timer may fire a moment early, or long before its instant: both are mended by looking at the clock again.
        private void Look()
        {
            var left = _instant - _scheduler.Now;
            if (left > LastMoments.Most) Await(left);
            else _scheduler._lastMoments.RunAt(_instant, Ring);
        }

        private void Await(TimeSpan left) => _timer!.Change(left > _most ? _most : left - LastMoments.Most / 2, Timeout.InfiniteTimeSpan);

        private void Ring()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0) _action();
        }
    }
}
