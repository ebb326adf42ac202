namespace Amble.ScriptedSites;

/// <summary>
/// A bucket holds at most <c>burst</c> tokens and gains <c>rate</c> a second; an answer costs one. Rate and burst come with every
/// question, so that they may change while the site runs.
/// </summary>
internal sealed class TokenBucket
{
    private readonly Lock _lock = new();
    private double _tokens = double.PositiveInfinity;
    private TimeSpan _at;

    /// <returns>Zero when there was a token, else how long until there is one.</returns>
    public TimeSpan Take(TimeSpan now, double rate, double burst)
    {
        lock (_lock)
        {
            var size = burst > 0 ? burst : Math.Max(1, rate);
            _tokens = Math.Min(size, _tokens + (now - _at).TotalSeconds * rate);
            _at = now;
            if (_tokens < 1)
            {
                return TimeSpan.FromSeconds((1 - _tokens) / rate);
            }
            _tokens -= 1;
            return TimeSpan.Zero;
        }
    }
}
