using Amble.Messages;

namespace Amble.Behaviours.Politeness;

/// <summary>
/// Gaps by time, in at most <see cref="Most"/> columns of equal width: when there is no room for a new one, every two become one twice as
/// wide. So a crawl of seconds is told to 50 ms, and one of days to the hour.
/// </summary>
internal sealed class GapColumns
{
    public const int Most = 120;

    private readonly GapColumn[] _columns = new GapColumn[Most];

    public TimeSpan Width { get; private set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Those in which a request began.</summary>
    public IReadOnlyList<GapColumn> All => [.. _columns.Where(column => column.Requests > 0)];

    /// <param name="at">Since the first start.</param>
    public void Add(TimeSpan at, TimeSpan? gap, bool isRefused)
    {
        while (at >= Width * Most) Widen();
        var number = (int)(at.Ticks / Width.Ticks);
        _columns[number] = Join(number, _columns[number], new GapColumn(number, 1, isRefused ? 1 : 0, gap, gap));
    }

    /// <summary>The second half of all requests, from the beginning of the column that has its first one; null when there are too few.</summary>
    /// <param name="last">When the last one began.</param>
    public PoliteStretch? SecondHalf(TimeSpan last, long all)
    {
        if (all < PolitenessRule.LeastSettled) return null;
        var (requests, refused, number) = (0L, 0L, Most);
        while (requests * 2 < all)
        {
            number--;
            requests += _columns[number].Requests;
            refused += _columns[number].Refused;
        }
        return new PoliteStretch(requests, refused, last - Width * number);
    }

    private void Widen()
    {
        for (var i = 0; i < Most; i += 2) _columns[i / 2] = Join(i / 2, _columns[i], _columns[i + 1]);
        Array.Clear(_columns, Most / 2, Most / 2);
        Width *= 2;
    }

    private static GapColumn Join(int number, GapColumn one, GapColumn other) =>
        new(number, one.Requests + other.Requests, one.Refused + other.Refused, Least(one.Least, other.Least), Greatest(one.Greatest, other.Greatest));

    private static TimeSpan? Least(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private static TimeSpan? Greatest(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;
}
