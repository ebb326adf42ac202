namespace Amble.Behaviours.AccessLog;

/// <summary>
/// When a batch that was not stored, or of which nobody knows, comes again (A-8+): the same batch unchanged, before anything newer, after
/// 100 ms doubling to 5 s. Each wait is shortened by chance to no less than half, so that several nodes do not come at once.
/// </summary>
public static class RetryRule
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    /// <param name="failures">In a row, from 1.</param>
    /// <param name="chance">0 to 1.</param>
    public static TimeSpan Wait(int failures, double chance)
    {
        var wait = _first * Math.Pow(2, Math.Min(failures - 1, 16));
        return (wait < _longest ? wait : _longest) * (1 - chance / 2);
    }
}
