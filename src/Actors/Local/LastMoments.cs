namespace Amble.Local;

/// <summary>
/// Waits for instants that are at most some milliseconds away, and is then late by a millisecond at most where a processor is free. The system's timers
/// count in ticks of 4 ms and come up to 8 ms late: at twenty requests a second that is a tenth of what the site allows. One thread does it, ended when
/// idle; what is due goes to the thread pool.
/// </summary>
/// <param name="now">The clock by which instants are meant.</param>
public sealed class LastMoments(Func<DateTimeOffset> now)
{
    /// <summary>Whoever waits longer comes back when this much is left: the thread's list stays short, and cancelled alarms leave it soon.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly PriorityQueue<Action, DateTimeOffset> _due = new();
    private bool _lives;

    public void RunAt(DateTimeOffset instant, Action action)
    {
        lock (_gate)
        {
            var isNext = !_due.TryPeek(out _, out var next) || instant < next;
            _due.Enqueue(action, instant);
            if (_lives)
            {
                if (isNext) Monitor.Pulse(_gate);
                return;
            }
            _lives = true;
        }
        new Thread(Live) { IsBackground = true, Name = "alarms" }.Start();
    }

    private void Live()
    {
        lock (_gate)
        {
            while (true)
            {
                if (!_due.TryPeek(out var action, out var instant))
                {
                    if (Monitor.Wait(_gate, _idle) || _due.Count > 0) continue;
                    _lives = false;
                    return;
                }
                var left = instant - now();
                if (left > TimeSpan.Zero)
                {
                    // It waits for whole milliseconds; rounded down it would turn in circles through the last one.
                    Monitor.Wait(_gate, (int)Math.Ceiling(Math.Min(left.TotalMilliseconds, Most.TotalMilliseconds)));
                    continue;
                }
                _due.Dequeue();
                ThreadPool.UnsafeQueueUserWorkItem(static run => run(), action, preferLocal: false);
            }
        }
    }
}
