namespace Amble.Behaviours.Politeness;

/// <summary>Stretches of time in their order. Of more than can be told, the two that are closest become one, so that all of them are covered.</summary>
internal sealed class BandList
{
    public const int Most = 64;

    private readonly List<(DateTimeOffset From, DateTimeOffset To, long Count)> _bands = [];

    public void Add(DateTimeOffset from, DateTimeOffset to, long count)
    {
        _bands.Add((from, to, count));
        if (_bands.Count <= Most) return;
        var closest = Enumerable.Range(1, _bands.Count - 1).MinBy(i => _bands[i].From - _bands[i - 1].To);
        _bands[closest - 1] = (_bands[closest - 1].From, _bands[closest].To, _bands[closest - 1].Count + _bands[closest].Count);
        _bands.RemoveAt(closest);
    }

    /// <param name="last">One that has not ended.</param>
    public IReadOnlyList<TimeBand> From(DateTimeOffset origin, params (DateTimeOffset From, DateTimeOffset To, long Count)[] last) =>
        [.. _bands.Concat(last).Select(band => new TimeBand(band.From - origin, band.To - origin, band.Count))];
}
