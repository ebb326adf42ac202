using Amble.Local;

namespace Amble.Simulation.Specs;

/// <summary>
/// Virtual time on one thread. Whatever is to run gets a small random latency, so that each seed is another order of delivery; what has
/// the same instant runs in the order it was asked for. A process that died takes its actions with it.
/// </summary>
internal sealed class SimScheduler(Random chance, DateTimeOffset begin)
{
    private readonly PriorityQueue<(Incarnation? Owner, Action Action), (DateTimeOffset At, long Order)> _agenda = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = begin;

    public long Steps { get; private set; }

    /// <summary>From then on for so long the disk does nothing: what may block on it begins afterwards.</summary>
    public (DateTimeOffset From, TimeSpan For)? Stall { get; init; }

    /// <summary>A scheduler for one life of the process; what it was asked for is forgotten when that life ends.</summary>
    /// <param name="ahead">How much its clock is ahead of the world's.</param>
    public Incarnation Incarnate(TimeSpan ahead = default) => new(this, ahead);

    /// <summary>The world outside: it goes on whatever process dies.</summary>
    public void At(DateTimeOffset instant, Action action) => Enqueue(null, instant, action);

    /// <summary>False when nothing is left to happen.</summary>
    public bool Step()
    {
        while (_agenda.TryDequeue(out var next, out var due))
        {
            if (next.Owner is { Dead: true }) continue;
            if (next.Owner is { } owner && owner.FrozenUntil > due.At)
            {
                Enqueue(owner, owner.FrozenUntil, next.Action);
                continue;
            }
            if (due.At > Now) Now = due.At;
            Steps++;
            next.Action();
            return true;
        }
        return false;
    }

    private void Enqueue(Incarnation? owner, DateTimeOffset at, Action action) => _agenda.Enqueue((owner, action), (at < Now ? Now : at, _order++));

    private DateTimeOffset WhenTheDiskIsThere() => Stall is { } stall && Now >= stall.From && Now < stall.From + stall.For ? stall.From + stall.For : Now;

    private TimeSpan Latency(double most) => TimeSpan.FromMilliseconds(chance.Next(3) > 0 ? 0 : chance.NextDouble() * most);

    internal sealed class Incarnation(SimScheduler scheduler, TimeSpan ahead) : IScheduler
    {
        public bool Dead { get; set; }

        /// <summary>Until then, by the world's clock, it does nothing; then all that it missed, in order.</summary>
        public DateTimeOffset FrozenUntil { get; set; }

        public DateTimeOffset Now => scheduler.Now + ahead;

        /// <summary>At that instant of the world's clock.</summary>
        public void At(DateTimeOffset instant, Action action) => scheduler.Enqueue(this, instant, action);

        public void Run(Action action) => scheduler.Enqueue(this, scheduler.Now + scheduler.Latency(2), action);

        public void RunBlocking(Action action) => scheduler.Enqueue(this, scheduler.WhenTheDiskIsThere() + scheduler.Latency(30), action);

        public IDisposable RunAt(DateTimeOffset instant, Action action)
        {
            var alarm = new Alarm();
            scheduler.Enqueue(this, instant - ahead, () => { if (!alarm.Off) action(); });
            return alarm;
        }
    }

    private sealed class Alarm : IDisposable
    {
        public bool Off { get; private set; }

        public void Dispose() => Off = true;
    }
}
