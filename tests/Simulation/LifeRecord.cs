using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>A pace that a domain had, as its commands tell it.</summary>
/// <param name="At">When the command was decided, not when it was stored.</param>
internal readonly record struct PaceSeen(DateTimeOffset At, TimeSpan Delay);

/// <summary>What was seen of a life while it was lived: bounds that were broken, paces that were in force, jobs that parked and ended.</summary>
internal sealed class LifeRecord
{
    private readonly Dictionary<(DomainName Domain, int Incarnation), List<PaceSeen>> _paces = [];
    private readonly HashSet<string> _broken = [];
    private int _flights;
    private int _hands;
    private int _pool;

    /// <summary>Most requests in flight at once, all sites together.</summary>
    public int MostFlights { get; private set; }

    /// <summary>Most requests from their start to their commit.</summary>
    public int MostHands { get; private set; }

    public int Turns { get; set; }

    /// <summary>Commands that were handed to the store, by kind.</summary>
    public Dictionary<Type, int> Kinds { get; } = [];

    /// <summary>Deaths that met a job's end or a retry.</summary>
    public int DeathsAtSteps { get; set; }

    public IReadOnlyCollection<string> Broken => _broken;
    public HashSet<JobId> SeenParked { get; } = [];
    public Dictionary<JobId, DateTimeOffset> EndedAt { get; } = [];

    /// <param name="pool">What may be in flight now, all jobs together; twice that may be in hand (S-3).</param>
    public void Incarnate(int pool) => (_pool, _flights, _hands) = (pool, 0, 0);

    public void Begun()
    {
        MostFlights = Math.Max(MostFlights, ++_flights);
        MostHands = Math.Max(MostHands, ++_hands);
        if (_flights > _pool) _broken.Add($"{_flights} requests were in flight at once, allowed {_pool}");
        if (_hands > 2 * _pool) _broken.Add($"{_hands} requests were in hand at once, allowed {2 * _pool}");
    }

    /// <param name="isOfUnit">It stays in hand until its unit is stored.</param>
    public void Ended(bool isOfUnit)
    {
        _flights--;
        if (!isOfUnit) _hands--;
    }

    /// <summary>The commands were handed to the store, whatever becomes of them.</summary>
    public void Handed(IReadOnlyList<WriterProtocol.ICommand> commands, int incarnation)
    {
        Turns++;
        foreach (var command in commands)
        {
            Kinds[command.GetType()] = Kinds.GetValueOrDefault(command.GetType()) + 1;
            var (memory, at) = command switch
            {
                WriterProtocol.CloseVisit c => (c.Memory, c.At),
                WriterProtocol.CloseSitemap c => (c.Memory, c.At),
                WriterProtocol.CloseWarm c => (c.Memory, c.At),
                WriterProtocol.DeferUnit c => (c.Memory, c.At),
                WriterProtocol.SaveRobots c => (c.Memory, c.At),
                WriterProtocol.SaveMemory c => (c.Memory, c.At),
                _ => (null, default),
            };
            if (memory?.Delay is not { } delay) continue;
            if (!_paces.TryGetValue((memory.Name, incarnation), out var seen)) _paces[(memory.Name, incarnation)] = seen = [];
            seen.Insert(After(seen, at), new PaceSeen(at, delay));
        }
    }

    /// <summary>The commands are stored, and whoever sent them is told, unless the process dies at that moment.</summary>
    public void Stored(IReadOnlyList<WriterProtocol.ICommand> commands, DateTimeOffset now)
    {
        foreach (var command in commands)
        {
            if (command is WriterProtocol.DeferUnit or WriterProtocol.CloseVisit { Request: not null } or WriterProtocol.CloseSitemap { Request: not null } or WriterProtocol.CloseWarm { Request: not null }) _hands--;
            if (command is WriterProtocol.EndJob end) EndedAt[end.Job] = now;
            if (command is WriterProtocol.SetJobState { State: JobState.Parked } park) SeenParked.Add(park.Job);
        }
    }

    public void IntakeHeld(int waiting, int allowed)
    {
        if (waiting > allowed) _broken.Add($"{waiting} commands waited for the writer, allowed {allowed}");
    }

    /// <summary>The shortest delay that was in force at some instant of the span; null when none is known.</summary>
    public TimeSpan? ShortestDelay(DomainName domain, int incarnation, DateTimeOffset from, DateTimeOffset to)
    {
        if (!_paces.TryGetValue((domain, incarnation), out var seen)) return null;
        var next = After(seen, from);
        // Before the first command of its life the pace was what it was recovered to, which is not seen here.
        if (next == 0) return null;
        var shortest = seen[next - 1].Delay;
        for (; next < seen.Count && seen[next].At <= to; next++)
        {
            if (seen[next].Delay < shortest) shortest = seen[next].Delay;
        }
        return shortest;
    }

    // Where one of that instant belongs among those in order: nearly always at the end, as it is handed over.
    private static int After(List<PaceSeen> seen, DateTimeOffset at)
    {
        if (seen.Count == 0 || seen[^1].At <= at) return seen.Count;
        var (low, high) = (0, seen.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (seen[middle].At <= at) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
