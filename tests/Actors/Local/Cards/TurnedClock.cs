using Amble.Local;

namespace Amble.Actors.Specs.Local.Cards;

/// <summary>Work on real threads, time that only the test turns.</summary>
internal sealed class TurnedClock : IScheduler
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now
    {
        get { lock (_gate) return _now; }
    }

    public void Run(Action action) => ThreadPool.UnsafeQueueUserWorkItem(_ => action(), null);

    public void RunBlocking(Action action) => Run(action);

    public void RunLong(Action action) => new Thread(() => action()) { IsBackground = true }.Start();

    public IDisposable RunAt(DateTimeOffset instant, Action action)
    {
        var alarm = new Alarm(this, instant, action);
        lock (_gate) _alarms.Add(alarm);
        if (instant <= Now) Ring();
        return alarm;
    }

    /// <summary>So much later; whatever is due by then has rung.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_gate) _now += by;
        Ring();
    }

    private void Ring()
    {
        while (true)
        {
            Alarm? due;
            lock (_gate)
            {
                due = _alarms.Where(alarm => alarm.At <= _now).MinBy(alarm => alarm.At);
                if (due is null) return;
                _alarms.Remove(due);
            }
            due.Action();
        }
    }

    private sealed record Alarm(TurnedClock Clock, DateTimeOffset At, Action Action) : IDisposable
    {
        public void Dispose()
        {
            lock (Clock._gate) Clock._alarms.Remove(this);
        }
    }
}
