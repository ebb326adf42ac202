using Amble.Local;

namespace Amble.Actors.Specs.Local;

/// <summary>Virtual time on the test's own thread: nothing happens until the test lets it, and what has the same instant goes in order.</summary>
internal sealed class TestScheduler : IScheduler
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Entry, (DateTimeOffset At, long Order)> _agenda = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = Begin;

    /// <summary>Alarms that have neither rung nor been put out.</summary>
    public int Alarms { get; private set; }

    public void Run(Action action) => Add(Now, new Entry(action, () => { }));

    public void RunBlocking(Action action) => Run(action);

    public IDisposable RunAt(DateTimeOffset instant, Action action)
    {
        Alarms++;
        var alarm = new Entry(action, () => Alarms--);
        Add(instant < Now ? Now : instant, alarm);
        return alarm;
    }

    /// <summary>The next thing that is due now; false when there is none.</summary>
    public bool Step()
    {
        if (!_agenda.TryPeek(out var next, out var due) || due.At > Now) return false;
        _agenda.Dequeue();
        next.Happen();
        return true;
    }

    /// <summary>All that is due now.</summary>
    public void Settle()
    {
        // With the runner's context in place, continuations would go to another thread.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            for (var steps = 0; Step(); steps++)
            {
                if (steps > 100_000) throw new InvalidOperationException("It never comes to rest.");
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>All that is due until then, each at its instant.</summary>
    public void Advance(double seconds)
    {
        var until = Now.AddSeconds(seconds);
        Settle();
        while (_agenda.TryPeek(out _, out var due) && due.At <= until)
        {
            if (due.At > Now) Now = due.At;
            Settle();
        }
        if (until > Now) Now = until;
    }

    /// <summary>Whoever is at work just now takes this long: what falls due meanwhile happens late, as it does on one thread.</summary>
    public void Pass(TimeSpan took) => Now += took;

    private void Add(DateTimeOffset at, Entry entry) => _agenda.Enqueue(entry, (at, _order++));

    private sealed class Entry(Action action, Action over) : IDisposable
    {
        private bool _isOver;

        public void Happen()
        {
            if (_isOver) return;
            Dispose();
            action();
        }

        public void Dispose()
        {
            if (_isOver) return;
            _isOver = true;
            over();
        }
    }
}
