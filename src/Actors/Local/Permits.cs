using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// Who may have a request in flight. A job, or all jobs of one command together, has at most its concurrency in flight and twice that in
/// hand, where in hand means until the commit: a writer that stalls stops the crawl by itself, and nothing piles up (S-3). While the
/// writer's intake holds too many bytes nobody gets a permit at all. First come, first served.
/// </summary>
public sealed class Permits(int? shared, Func<bool> writerHasRoom)
{
    private static readonly JobId _everyone = new(0);

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, Pool> _pools = [];
    private bool _closed;

    // Somebody may have been kept waiting for nothing but the writer's room. Else only the pool that changed can have anything to give: with
    // thousands of jobs, a look at all of them at each permit would cost more than the crawl.
    private bool _isStalled;

    public int InFlight
    {
        get { lock (_gate) return _pools.Values.Sum(p => p.Flights); }
    }

    public int InHand
    {
        get { lock (_gate) return _pools.Values.Sum(p => p.Hands); }
    }

    public void Ask(JobId job, int concurrency, Action granted)
    {
        List<Action>? grants = null;
        lock (_gate)
        {
            var key = shared is null ? job : _everyone;
            if (!_pools.TryGetValue(key, out var pool)) _pools[key] = pool = new Pool(shared ?? concurrency);
            pool.Waiting.Enqueue(granted);
            Take(pool, ref grants);
        }
        grants?.ForEach(grant => grant());
    }

    public void EndFlight(JobId job) => Return(job, flights: 1, hands: 0);

    public void EmptyHand(JobId job) => Return(job, flights: 0, hands: 1);

    /// <summary>Grants nothing more: the process is going to stop.</summary>
    public void Close()
    {
        lock (_gate) _closed = true;
    }

    /// <summary>To be called when the writer has room again.</summary>
    public void Grant()
    {
        List<Action>? grants = null;
        lock (_gate)
        {
            if (_closed || !_isStalled || !writerHasRoom()) return;
            _isStalled = false;
            foreach (var pool in _pools.Values) pool.Take(ref grants);
        }
        grants?.ForEach(granted => granted());
    }

    private void Return(JobId job, int flights, int hands)
    {
        List<Action>? grants = null;
        lock (_gate)
        {
            var key = shared is null ? job : _everyone;
            if (!_pools.TryGetValue(key, out var pool)) return;
            pool.Flights -= flights;
            pool.Hands -= hands;
            if (pool is { Hands: 0, Waiting.Count: 0 }) _pools.Remove(key);
            else Take(pool, ref grants);
        }
        grants?.ForEach(grant => grant());
    }

    private void Take(Pool pool, ref List<Action>? grants)
    {
        if (_closed || pool.Waiting.Count == 0) return;
        if (writerHasRoom()) pool.Take(ref grants);
        else _isStalled = true;
    }

    private sealed class Pool(int concurrency)
    {
        public Queue<Action> Waiting { get; } = new();
        public int Flights { get; set; }
        public int Hands { get; set; }

        public void Take(ref List<Action>? grants)
        {
            while (Waiting.Count > 0 && Flights < concurrency && Hands < 2 * concurrency)
            {
                Flights++;
                Hands++;
                (grants ??= []).Add(Waiting.Dequeue());
            }
        }
    }
}
