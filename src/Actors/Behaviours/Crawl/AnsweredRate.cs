namespace Amble.Behaviours.Crawl;

/// <summary>
/// What a site has let through: a bounded, immutable record of the good answers since the last refusal.
/// <para>The rate that a refusal proves (P-11+): the highest of good / (seconds + 1) over all stretches that end at the refusal and reach
/// back to the refusal before it at most. The + 1 keeps a short lucky burst from looking like a rate; the stretch that starts at the
/// refusal before needs none, because both its ends are known to be an empty bucket.</para>
/// </summary>
public sealed class AnsweredRate
{
    /// <summary>Marks kept at most; beyond that every second one is dropped. The counts stay exact.</summary>
    public const int MostMarks = 1000;

    private readonly DateTimeOffset? _since;
    private readonly Mark? _last;

    private AnsweredRate(DateTimeOffset? since, Mark? last)
    {
        _since = since;
        _last = last;
    }

    /// <summary>No refusal is known, nothing was answered.</summary>
    public static AnsweredRate Empty { get; } = new(null, null);

    /// <summary>Begins anew at a refusal.</summary>
    public static AnsweredRate From(DateTimeOffset refusal) => new(refusal, null);

    /// <summary>Marks in memory.</summary>
    public int Marks => _last?.Depth ?? 0;

    /// <summary>One more good answer. Constant time, but for the rare thinning out.</summary>
    public AnsweredRate Add(DateTimeOffset at)
    {
        var mark = new Mark(at, (_last?.Count ?? 0) + 1, _last);
        return new AnsweredRate(_since, mark.Depth > MostMarks ? Thinned(mark) : mark);
    }

    /// <summary>Good answers a second that the refusal at this instant proves; zero when there was none.</summary>
    public double At(DateTimeOffset refusal)
    {
        if (_last is null) return 0;
        var total = _last.Count;
        var best = _since is { } since ? total / Math.Max((refusal - since).TotalSeconds, 0.001) : 0;
        for (var mark = _last; mark is not null; mark = mark.Before)
            best = Math.Max(best, (total - mark.Count + 1) / (Math.Max((refusal - mark.At).TotalSeconds, 0) + 1));
        return best;
    }

    private static Mark Thinned(Mark newest)
    {
        var kept = new Stack<Mark>();
        var odd = true;
        for (var mark = newest; mark is not null; mark = mark.Before, odd = !odd)
            if (odd) kept.Push(mark);
        Mark? last = null;
        foreach (var mark in kept) last = new Mark(mark.At, mark.Count, last);
        return last!;
    }

    /// <param name="Count">Good answers up to and with this one, also those whose marks were dropped.</param>
    private sealed class Mark(DateTimeOffset at, long count, Mark? before)
    {
        public DateTimeOffset At { get; } = at;
        public long Count { get; } = count;
        public Mark? Before { get; } = before;
        public int Depth { get; } = (before?.Depth ?? 0) + 1;
    }
}
