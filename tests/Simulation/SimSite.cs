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
internal sealed record SimManners(
    double? Rate, int Burst, int ThrottleStatus, bool RetryAfter, TimeSpan RefuseFrom, TimeSpan RefuseFor, string RobotsText, int RobotsStatus, double CutShare, bool Unreachable, double LatencyMs);

/// <summary>One request as the site saw it.</summary>
internal sealed record Arrival(DateTimeOffset At, string Path, int Incarnation, int Status, DateTimeOffset AnsweredAt, TimeSpan? RetryAfter);

/// <summary>A scripted site: it answers, refuses and hangs by its script, and remembers what arrived when.</summary>
internal sealed class SimSite(string host, SimManners manners, IReadOnlyDictionary<string, SimPage> pages)
{
    private readonly Dictionary<string, int> _asked = [];
    private double _tokens = manners.Burst;
    private DateTimeOffset? _first;
    private DateTimeOffset _filledAt;

    public string Host => host;
    public SimManners Manners => manners;
    public IReadOnlyDictionary<string, SimPage> Pages => pages;
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>What the site answers to a request that arrives now; a null page is a plain status.</summary>
    public (int Status, SimPage? Page, TimeSpan? RetryAfter) Answer(string path, DateTimeOffset now)
    {
        _first ??= now;
        if (Throttled(now) is { } wait) return (manners.ThrottleStatus, null, manners.RetryAfter ? TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)) : null);
        if (path == "/robots.txt") return (manners.RobotsStatus, null, null);
        if (!pages.TryGetValue(path, out var page)) return (404, null, null);
        var asked = _asked[path] = _asked.GetValueOrDefault(path) + 1;
        return asked <= page.FlakyTimes ? (500, null, null) : (page.Status, page, null);
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
