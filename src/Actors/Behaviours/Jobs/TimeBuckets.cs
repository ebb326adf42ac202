namespace Amble.Behaviours.Jobs;

/// <summary>
/// Response times in groups that make a chart: fine where most pages are, coarse where it is only told that they are slow. A group
/// reaches to its bound, which belongs to it; the last one has none. The numbers are stored, so a bound never changes.
/// </summary>
public static class TimeBuckets
{
    private static readonly int[] _bounds = [50, 100, 200, 300, 500, 700, 1_000, 2_000, 3_000, 5_000, 10_000];

    /// <summary>Numbers from 0.</summary>
    public static int Count => _bounds.Length + 1;

    /// <summary>The group of a response time.</summary>
    public static int Of(int milliseconds)
    {
        var bucket = 0;
        while (bucket < _bounds.Length && milliseconds > _bounds[bucket]) bucket++;
        return bucket;
    }

    /// <summary>Longer than <c>Over</c> and up to <c>UpTo</c> milliseconds; null where there is no bound.</summary>
    public static (int? Over, int? UpTo) Bounds(int bucket) =>
        (bucket == 0 ? null : _bounds[bucket - 1], bucket == _bounds.Length ? null : _bounds[bucket]);
}
