namespace Amble.Behaviours.Politeness;

/// <summary>The most requests in sixty whole seconds on end, counted from the first start.</summary>
internal sealed class BusiestMinute
{
    private const int Seconds = 60;

    private readonly long[] _counts = new long[Seconds];
    private long _second;
    private long _sum;

    public long Most { get; private set; }

    /// <param name="at">Since the first start.</param>
    public void Add(TimeSpan at)
    {
        var second = (long)at.TotalSeconds;
        for (var passed = 0; _second < second && passed < Seconds; passed++)
        {
            _second++;
            ref var oldest = ref _counts[_second % Seconds];
            _sum -= oldest;
            oldest = 0;
        }
        _second = second;
        _counts[second % Seconds]++;
        Most = Math.Max(Most, ++_sum);
    }
}
