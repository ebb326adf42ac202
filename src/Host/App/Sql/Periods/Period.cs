namespace Amble.App.Sql.Periods;

/// <summary>One period of one family.</summary>
/// <param name="Number">Its first instant, in hours since 1970: it means the same whatever length is set.</param>
internal readonly record struct Period(PeriodFamily Family, long Number)
{
    /// <summary>The period of this instant.</summary>
    public static Period Of(PeriodFamily family, DateTimeOffset at, int hours)
    {
        var length = family.Hours ?? hours;
        var hour = (long)Math.Floor((at - DateTimeOffset.UnixEpoch).TotalHours);
        return new Period(family, hour - (hour % length + length) % length);
    }

    public override string ToString() => $"{Family.Name}-{Number}";
}
