namespace Amble.Behaviours.Politeness;

/// <summary>When the site refused, and how long it took each time until it was quiet.</summary>
internal sealed class QuietWatch
{
    private readonly BandList _bands = new();
    private DateTimeOffset _began;
    private DateTimeOffset _toldAt;
    private DateTimeOffset _lastToldAt;
    private DateTimeOffset _firstGoodAt;
    private long _refused;
    private int _good;

    public bool IsQuiet { get; private set; } = true;

    public int Refusals { get; private set; }

    public TimeSpan? Longest { get; private set; }

    public void Add(SentRequest sent)
    {
        if (sent.IsRefused()) Refuse(sent);
        else if (IsQuiet) return;
        else if (sent.IsFailed()) _good = 0;
        else if (sent.IsGood() && sent.StartedAt >= _lastToldAt) Count(sent.StartedAt);
    }

    /// <param name="origin">What the bands count from.</param>
    public IReadOnlyList<TimeBand> Bands(DateTimeOffset origin) => IsQuiet ? _bands.From(origin) : _bands.From(origin, (_began, _lastToldAt, _refused));

    private void Refuse(SentRequest sent)
    {
        if (IsQuiet)
        {
            (IsQuiet, _began, _toldAt, _lastToldAt, _refused) = (false, sent.StartedAt, sent.EndedAt, sent.EndedAt, 0);
            Refusals++;
        }
        if (sent.EndedAt > _lastToldAt) _lastToldAt = sent.EndedAt;
        _refused++;
        _good = 0;
    }

    private void Count(DateTimeOffset startedAt)
    {
        if (_good++ == 0) _firstGoodAt = startedAt;
        if (_good < PolitenessRule.GoodInARow) return;
        IsQuiet = true;
        var took = _firstGoodAt - _toldAt;
        if (took > (Longest ?? TimeSpan.MinValue)) Longest = took;
        _bands.Add(_began, _firstGoodAt, _refused);
    }
}
