using Amble.Messages;

namespace Amble.Behaviours.Politeness;

/// <summary>
/// Counts the requests of one domain by <see cref="PolitenessRule"/>, one after the other in the order of their starts. It is as large after
/// a million requests as after a thousand.
/// </summary>
public sealed class PolitenessTally
{
    private readonly GapColumns _columns = new();
    private readonly InFlightCount _inFlight = new();
    private readonly BusiestMinute _minute = new();
    private readonly QuietWatch _quiet = new();
    private readonly BlockWatch _blocks = new();
    private long _requests;
    private long _refused;
    private long _failed;
    private DateTimeOffset _first;
    private DateTimeOffset _last;
    private TimeSpan? _leastGap;
    private DateTimeOffset? _robotsReadAt;

    /// <exception cref="ArgumentException">It began before the one that was counted last.</exception>
    public void Add(SentRequest sent)
    {
        if (_requests == 0) _first = sent.StartedAt;
        else if (sent.StartedAt < _last) throw new ArgumentException("Requests are counted in the order of their starts.", nameof(sent));
        TimeSpan? gap = _requests == 0 ? null : sent.StartedAt - _last;
        _requests++;
        if (sent.IsRefused()) _refused++;
        else if (sent.IsFailed()) _failed++;
        if (gap < (_leastGap ?? TimeSpan.MaxValue)) _leastGap = gap;
        if (sent is { Kind: RequestKind.Robots, Status: > 0 }) _robotsReadAt = sent.StartedAt;
        _columns.Add(sent.StartedAt - _first, gap, sent.IsRefused());
        _inFlight.Add(sent);
        _minute.Add(sent.StartedAt - _first);
        _quiet.Add(sent);
        _blocks.Add(sent, gap);
        _last = sent.StartedAt;
    }

    /// <summary>What they come to; null when there were none.</summary>
    /// <param name="robotsReadAt">When the domain's robots.txt was last read as far as the store knows: by another job, or after these requests.</param>
    public DomainPoliteness? Sum(DomainName domain, DateTimeOffset? robotsReadAt)
    {
        if (_requests == 0) return null;
        var picture = new PolitenessPicture(_columns.Width, _columns.All, _quiet.Bands(_first), _blocks.Bands(_first));
        return new DomainPoliteness(
            domain, _requests, _refused, _failed, _first, _last, _leastGap, _inFlight.Most, _minute.Most, _quiet.Refusals, _quiet.IsQuiet,
            _quiet.Longest, _blocks.Count, _blocks.Sum, _columns.SecondHalf(_last - _first, _requests),
            robotsReadAt <= _inFlight.LastEnd ? robotsReadAt : _robotsReadAt, PictureText.Write(picture));
    }
}
