using System.Collections.Immutable;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// How many of the last minutes' requests failed (P-15+), counted in tenths of the window, so that its size never depends on the traffic.
/// A window proves something only when it is full: a small site whose few pages are broken is done long before.
/// </summary>
public sealed record FailureWindow
{
    private const int Parts = 10;

    private FailureWindow(DateTimeOffset? since, ImmutableArray<Part> parts)
    {
        Since = since;
        _parts = parts;
    }

    private readonly ImmutableArray<Part> _parts;

    public static FailureWindow Empty { get; } = new(null, []);

    /// <summary>When watching began; null before the first request, and again after a silence as long as the window.</summary>
    public DateTimeOffset? Since { get; }

    /// <summary>One more request that has ended.</summary>
    public FailureWindow Add(bool failed, DateTimeOffset now, TimeSpan length)
    {
        var part = now.UtcTicks / Math.Max(1, length.Ticks / Parts);
        var kept = _parts.RemoveAll(p => p.Number <= part - Parts);
        var last = kept.IsEmpty || kept[^1].Number < part ? new Part(part, 0, 0) : kept[^1];
        var grown = last with { All = last.All + 1, Failed = last.Failed + (failed ? 1 : 0) };
        var next = !kept.IsEmpty && kept[^1].Number >= part ? kept.SetItem(kept.Length - 1, grown) : kept.Add(grown);
        return new FailureWindow(kept.IsEmpty ? now : Since ?? now, next);
    }

    /// <summary>True when the window is full and over half of its requests, <paramref name="least"/> or more, failed.</summary>
    public bool MostFailed(DateTimeOffset now, TimeSpan length, int least)
    {
        if (Since is not { } since || now - since < length) return false;
        var all = 0;
        var failed = 0;
        foreach (var part in _parts)
        {
            all += part.All;
            failed += part.Failed;
        }
        return all >= least && failed * 2 > all;
    }

    private readonly record struct Part(long Number, int All, int Failed);
}
