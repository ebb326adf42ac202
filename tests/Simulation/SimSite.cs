using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>What one page of a scripted site does.</summary>
/// <param name="Links">References as an author would write them.</param>
/// <param name="Location">Where a 3xx leads.</param>
/// <param name="FlakyTimes">Answers 500 this many times before it answers well.</param>
/// <param name="Hangs">Never answers.</param>
/// <param name="Challenge">Asks whoever comes to prove that they are human.</param>
/// <param name="Sitemap">It is a sitemap, and this its body; its links are what it lists.</param>
internal sealed record SimPage(
    int Status, IReadOnlyList<string> Links, string? Location = null, int FlakyTimes = 0, bool Hangs = false, bool Challenge = false, byte[]? Sitemap = null);

/// <summary>How a scripted site treats those who ask.</summary>
/// <param name="Rate">Requests a second that it allows; null allows any.</param>
/// <param name="RetryAfter">Whether a refusal says for how long.</param>
/// <param name="RefuseFrom">From this long after the first request on, for <paramref name="RefuseFor"/>, everything is refused.</param>
/// <param name="Conditional">Pages have an ETag, and who has it already is answered 304.</param>
/// <param name="Cache">What stands before it.</param>
internal sealed record SimManners(
    double? Rate, int Burst, int ThrottleStatus, bool RetryAfter, TimeSpan RefuseFrom, TimeSpan RefuseFor, string RobotsText, int RobotsStatus, double CutShare, bool Unreachable, double LatencyMs,
    bool Conditional, SimCache Cache);

internal enum SimCache
{
    /// <summary>Nothing that would say so.</summary>
    None,
    /// <summary>A cache that has a page once it was asked for.</summary>
    Keeps,
    /// <summary>A cache that never has a page.</summary>
    Never,
}

/// <summary>One request as the site saw it.</summary>
/// <param name="Second">It was a second visit.</param>
/// <param name="IsCheck">It was asked for again to learn whom the site refuses.</param>
internal sealed record Arrival(DateTimeOffset At, string Path, int Incarnation, int Status, DateTimeOffset AnsweredAt, TimeSpan? RetryAfter, bool Second, bool IsCheck);

/// <summary>A scripted site: it answers, refuses and hangs by its script, and remembers what arrived when.</summary>
internal sealed class SimSite(string host, SimManners manners, IReadOnlyDictionary<string, SimPage> pages)
{
    private readonly Dictionary<string, int> _asked = [];
    private readonly HashSet<string> _kept = [];
    private double _tokens = manners.Burst;
    private DateTimeOffset? _first;
    private DateTimeOffset _filledAt;

    public string Host => host;
    public SimManners Manners => manners;
    public IReadOnlyDictionary<string, SimPage> Pages => pages;
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Told of each request when it arrives.</summary>
    public Action<Arrival>? Arrived { get; set; }

    public static Validators ValidatorsOf(string path) => new($"\"{path}\"", null);

    public void Arrive(Arrival arrival)
    {
        Arrivals.Add(arrival);
        Arrived?.Invoke(arrival);
    }

    /// <summary>What the cache says of a page that is answered well now and goes through it whole.</summary>
    public CacheStatus PassCache(string path) => manners.Cache switch
    {
        SimCache.None => CacheStatus.Unsaid,
        SimCache.Keeps when !_kept.Add(path) => CacheStatus.Hit,
        _ => CacheStatus.Miss,
    };

    /// <summary>What the site answers to a request that arrives now; a null page is a plain status.</summary>
    /// <param name="known">What the asker has already.</param>
    public (int Status, SimPage? Page, TimeSpan? RetryAfter) Answer(string path, Validators? known, DateTimeOffset now)
    {
        _first ??= now;
        if (Throttled(now) is { } wait) return (manners.ThrottleStatus, null, manners.RetryAfter ? TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)) : null);
        if (path == "/robots.txt") return (manners.RobotsStatus, null, null);
        if (!pages.TryGetValue(path, out var page)) return (404, null, null);
        var asked = _asked[path] = _asked.GetValueOrDefault(path) + 1;
        if (asked <= page.FlakyTimes) return (500, null, null);
        return manners.Conditional && page is { Status: 200, Hangs: false, Challenge: false } && known == ValidatorsOf(path) ? (304, page, null) : (page.Status, page, null);
    }

    private TimeSpan? Throttled(DateTimeOffset now)
    {
        var since = now - _first!.Value;
        if (since >= manners.RefuseFrom && since < manners.RefuseFrom + manners.RefuseFor) return manners.RefuseFrom + manners.RefuseFor - since;
        if (manners.Rate is not { } rate) return null;
        if (_filledAt != default) _tokens = Math.Min(manners.Burst, _tokens + rate * (now - _filledAt).TotalSeconds);
        _filledAt = now;
        if (_tokens < 1) return TimeSpan.FromSeconds((1 - _tokens) / rate);
        _tokens--;
        return null;
    }
}
