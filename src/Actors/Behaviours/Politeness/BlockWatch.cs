namespace Amble.Behaviours.Politeness;

/// <summary>When nothing was asked for a while, since the site refused or was in trouble.</summary>
internal sealed class BlockWatch
{
    private const int Memory = 8;

    private readonly BandList _bands = new();
    private DateTimeOffset _answeredAt;
    private TimeSpan? _usualGap;
    private int _sinceTrouble = PolitenessRule.TroubleAmong;

    public int Count { get; private set; }

    public TimeSpan Sum { get; private set; }

    public void Add(SentRequest sent, TimeSpan? gap)
    {
        if (gap is { } some && !TryAddBlock(sent.StartedAt)) _usualGap = _usualGap is { } usual ? usual + (some - usual) / Memory : some;
        _sinceTrouble = sent.IsRefused() || sent.IsFailed() ? 0 : _sinceTrouble + 1;
        if (sent.EndedAt > _answeredAt) _answeredAt = sent.EndedAt;
    }

    /// <param name="origin">What the bands count from.</param>
    public IReadOnlyList<TimeBand> Bands(DateTimeOffset origin) => _bands.From(origin);

    private bool TryAddBlock(DateTimeOffset startedAt)
    {
        var pause = startedAt - _answeredAt;
        if (_sinceTrouble >= PolitenessRule.TroubleAmong || pause < PolitenessRule.LeastBlock || pause < _usualGap * PolitenessRule.TimesUsual) return false;
        Count++;
        Sum += pause;
        _bands.Add(_answeredAt, startedAt, 1);
        return true;
    }
}
