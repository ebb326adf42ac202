namespace Amble.Behaviours.Politeness;

/// <summary>How many requests were in flight at most: as large as that.</summary>
internal sealed class InFlightCount
{
    private readonly PriorityQueue<long, long> _ends = new();

    public int Most { get; private set; }

    /// <summary>When the last of all was answered.</summary>
    public DateTimeOffset LastEnd { get; private set; }

    public void Add(SentRequest sent)
    {
        while (_ends.TryPeek(out var end, out _) && end <= sent.StartedAt.UtcTicks) _ends.Dequeue();
        _ends.Enqueue(sent.EndedAt.UtcTicks, sent.EndedAt.UtcTicks);
        Most = Math.Max(Most, _ends.Count);
        if (sent.EndedAt > LastEnd) LastEnd = sent.EndedAt;
    }
}
