using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Web;

/// <summary>
/// When the parts of one fetch happened. The wall clock is read once, at the beginning; all else is added from the monotonic clock, so a
/// wall clock that is set meanwhile changes nothing.
/// </summary>
internal sealed class FetchTimeline(TimeProvider clock, string origin, IDeparture departure)
{
    /// <summary>Who is sending, as seen from the connection that is written to.</summary>
    public static readonly AsyncLocal<FetchTimeline?> Current = new();

    /// <summary>Where a request that makes the pool open a connection carries its timeline.</summary>
    public static readonly HttpRequestOptionsKey<FetchTimeline> Key = new("amble.timeline");

    private readonly DateTimeOffset _beginAt = clock.GetUtcNow();
    private readonly long _begin = clock.GetTimestamp();
    private readonly Lock _gate = new();
    private long? _left;
    private long? _answered;
    private long? _ended;
    private TimeSpan _waited;
    private ConnectionOpening? _opening;

    public string Origin => origin;

    /// <summary>What the pool is doing on this fetch's behalf; belongs to whoever uses the connection first.</summary>
    public ConnectionOpening? Opening { get; set; }

    public long Now => clock.GetTimestamp();

    public bool HasLeft => _left is not null;

    public DateTimeOffset StartedAt => _beginAt + clock.GetElapsedTime(_begin, _left ?? _begin);

    public TimeSpan Took => clock.GetElapsedTime(_left ?? _begin, _ended ?? Now) - _waited;

    public Phases Phases => new(
        _opening?.Dns ?? TimeSpan.Zero,
        _opening?.Connect ?? TimeSpan.Zero,
        _opening?.Tls ?? TimeSpan.Zero,
        _left is { } l && _answered is { } a ? clock.GetElapsedTime(l, a) : TimeSpan.Zero,
        _answered is { } from && _ended is { } to ? clock.GetElapsedTime(from, to) - _waited : TimeSpan.Zero);

    /// <summary>It was not allowed to leave, and so never does.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Asked before anything of it goes out. One that was refused once stays refused, however often the pool repeats it.</summary>
    /// <exception cref="DepartureRefusedException">It may not leave.</exception>
    public void AskToLeave()
    {
        if (!IsRefused && departure.May) return;
        IsRefused = true;
        throw new DepartureRefusedException();
    }

    /// <summary>The first byte leaves now; only the first call counts, as a second is the pool's own repetition on a fresh connection.</summary>
    public void Leave(ConnectionOpening? opening)
    {
        lock (_gate)
        {
            _opening = opening ?? _opening;
            if (_left is not null)
                return;
            _left = clock.GetTimestamp();
        }
        departure.Left(StartedAt);
    }

    /// <summary>Where no write could be watched: it left with the call, as far as we know.</summary>
    public void LeftUnseen(long sent)
    {
        lock (_gate)
        {
            if (_left is not null)
                return;
            _left = sent;
        }
        departure.Left(StartedAt);
    }

    public void Answered() => _answered = clock.GetTimestamp();

    /// <summary>From then until now the reading stood still for our own sake; that is not the site's time.</summary>
    public void Waited(long from) => _waited += clock.GetElapsedTime(from, Now);

    /// <summary>What remains of the time that a fetch may take, never less than nothing.</summary>
    public TimeSpan Remaining(TimeSpan whole)
    {
        var spent = clock.GetElapsedTime(_begin, Now) - _waited;
        return spent < whole ? whole - spent : TimeSpan.Zero;
    }

    public void Ended() => _ended = clock.GetTimestamp();

    /// <summary>The fetch failed: what was opened for it in vain is its own after all.</summary>
    public void Failed()
    {
        _opening ??= Opening;
        Ended();
    }
}

/// <summary>Whoever wanted the request may not ask any more. An I/O error, as the pool expects of a stream that takes nothing.</summary>
internal sealed class DepartureRefusedException() : IOException("The request may not leave any more.");

/// <summary>How long it took to open one connection.</summary>
internal sealed class ConnectionOpening
{
    public TimeSpan Dns { get; set; }

    public TimeSpan Connect { get; set; }

    public TimeSpan Tls { get; set; }

    public long ConnectedAt { get; set; }
}
