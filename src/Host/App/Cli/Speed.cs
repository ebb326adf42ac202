namespace Amble.App.Cli;

/// <summary>Pages a second over the last half minute: long enough to be calm, short enough to follow the site's pace.</summary>
public sealed class Speed
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private readonly Queue<(DateTimeOffset At, long Done)> _samples = [];
    private (DateTimeOffset At, long Done) _last;

    public void Note(DateTimeOffset at, long done)
    {
        _samples.Enqueue((at, done));
        while (_samples.Count > 2 && at - _samples.Peek().At > Window)
        {
            _samples.Dequeue();
        }
        _last = (at, done);
    }

    /// <summary>0 until there is something to tell.</summary>
    public double PerSecond => _samples.TryPeek(out var first) && _last.At > first.At ? Math.Max(0, _last.Done - first.Done) / (_last.At - first.At).TotalSeconds : 0;

    /// <summary>How long what is open will take; before there is a speed, by the delay in force; null when neither is known.</summary>
    public TimeSpan? Left(long open, double? delaySeconds)
    {
        var seconds = PerSecond > 0 ? open / PerSecond : open * (delaySeconds ?? 0);
        return seconds > 0 && seconds < TimeSpan.FromDays(3650).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
