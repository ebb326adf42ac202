namespace Amble.Local.Intake;

/// <summary>Why the batch in hand is not stored yet, and what the last trouble was. Written by the loop, read by anybody.</summary>
internal sealed class TroubleNote
{
    private readonly Lock _gate = new();
    private string? _now;
    private string? _last;
    private DateTimeOffset? _lastAt;

    public void Note(string reason, DateTimeOffset at)
    {
        lock (_gate) (_now, _last, _lastAt) = (reason, reason, at);
    }

    public void Clear()
    {
        lock (_gate) _now = null;
    }

    public (string? Now, string? Last, DateTimeOffset? LastAt) Read()
    {
        lock (_gate) return (_now, _last, _lastAt);
    }
}
