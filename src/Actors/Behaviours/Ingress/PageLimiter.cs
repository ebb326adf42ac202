namespace Amble.Behaviours.Ingress;

/// <summary>
/// A bucket of pages for each client (C-8+): full at first, refilled steadily, a page at a time is taken out. Of a bucket only the instant is
/// kept at which it is full again; one that is full is forgotten. When as many clients are remembered as may be and none of them can be
/// forgotten, the newcomer takes the place of one who has taken little: a flood of addresses makes the limit weaker, and never shuts
/// anybody out. Used by any thread.
/// </summary>
public sealed class PageLimiter(LimiterSettings settings)
{
    // Of those who are looked at when one must go.
    private const int Few = 16;

    private static readonly TimeSpan _sweepEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Client, DateTimeOffset> _fullAt = [];
    private readonly TimeSpan _page = settings.PerSecond > 0 ? TimeSpan.FromSeconds(1 / settings.PerSecond) : TimeSpan.Zero;
    private DateTimeOffset _sweepAt;
    private long _refused;

    /// <summary>Clients that are remembered.</summary>
    public int Clients
    {
        get { lock (_gate) return _fullAt.Count; }
    }

    /// <summary>Pages refused so far.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Null when the client may have the page, which is counted; else how long until it may.</summary>
    public TimeSpan? Ask(Client client, DateTimeOffset now)
    {
        if (_page == TimeSpan.Zero) return null;
        lock (_gate)
        {
            var fullAt = _fullAt.GetValueOrDefault(client, now);
            var after = (fullAt > now ? fullAt : now) + _page;
            var wait = after - now - settings.Burst * _page;
            if (wait > TimeSpan.Zero)
            {
                _refused++;
                return wait;
            }
            if (_fullAt.Count >= settings.Clients && !_fullAt.ContainsKey(client)) MakeRoom(now);
            _fullAt[client] = after;
            return null;
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (now >= _sweepAt)
        {
            _sweepAt = now + _sweepEvery;
            foreach (var (client, fullAt) in _fullAt)
                if (fullAt <= now) _fullAt.Remove(client);
        }
        if (_fullAt.Count >= settings.Clients) _fullAt.Remove(_fullAt.Take(Few).MinBy(one => one.Value).Key);
    }
}
