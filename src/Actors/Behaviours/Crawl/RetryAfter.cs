using System.Globalization;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// Reads Retry-After (RFC 9110 section 10.2.3; P-12+): seconds, or one of the three date forms of section 5.6.7. A date is measured against
/// the site's own clock where it told that (Date), so that neither clock needs to be right. What has passed is zero, a fraction is
/// rounded up, too many digits are very long and never absent, of several values the longest counts; what is not understood is null.
/// </summary>
public static class RetryAfter
{
    /// <summary>Stands for "very long": a century.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(36_500);

    /// <param name="values">The raw field values, in order.</param>
    /// <param name="date">The raw Date field value; null or garbage means that the site's clock is unknown.</param>
    /// <param name="now">Our clock, when the answer came.</param>
    public static TimeSpan? Parse(IReadOnlyList<string> values, string? date, DateTimeOffset now)
    {
        var theirNow = ReadDate(date, now) ?? now;
        TimeSpan? longest = null;
        foreach (var value in values)
            if (Read(value, theirNow) is { } rest && !(rest <= longest)) longest = rest;
        return longest;
    }

    private static TimeSpan? Read(string value, DateTimeOffset theirNow)
    {
        if (Seconds(value) is { } seconds) return seconds;
        if (ReadDate(value, theirNow) is { } at) return Limited(at - theirNow);
        // A proxy may have joined two fields into one; a date has a comma too, but is no list of numbers.
        TimeSpan? longest = null;
        foreach (var part in value.Split(','))
        {
            if (Seconds(part) is not { } one) return null;
            if (!(one <= longest)) longest = one;
        }
        return longest;
    }

    private static TimeSpan? Seconds(string value)
    {
        var text = value.AsSpan().Trim();
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9')) return null;
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds >= (long)Longest.TotalSeconds) return Longest;
        return TimeSpan.FromSeconds(seconds + (fraction.ContainsAnyExcept('0') ? 1 : 0));
    }

    private static TimeSpan Limited(TimeSpan rest) => rest < TimeSpan.Zero ? TimeSpan.Zero : rest > Longest ? Longest : rest;

    // The weekday is not looked at: where it contradicts the date, the date is what was meant.
    private static DateTimeOffset? ReadDate(string? value, DateTimeOffset now)
    {
        var text = value?.Trim() ?? "";
        var comma = text.IndexOf(',');
        if (comma >= 0)
        {
            var rest = text[(comma + 1)..].Trim();
            return Exact(rest, "d MMM yyyy HH:mm:ss 'GMT'") ?? TwoDigitYear(rest, now);
        }
        var space = text.IndexOf(' ');
        return space < 0 ? null : Exact(text[space..].Trim(), "MMM d HH:mm:ss yyyy");
    }

    // RFC 850 dates: a year more than 50 years ahead is the most recent one in the past with these digits.
    private static DateTimeOffset? TwoDigitYear(string text, DateTimeOffset now)
    {
        var parts = text.Split('-', 3);
        if (parts.Length < 3 || parts[2].Length < 3 || !int.TryParse(parts[2].AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return null;
        var year = now.Year / 100 * 100 + digits;
        year = year > now.Year + 50 ? year - 100 : year <= now.Year - 50 ? year + 100 : year;
        return Exact(string.Create(CultureInfo.InvariantCulture, $"{parts[0]} {parts[1]} {year:0000}{parts[2][2..]}"), "d MMM yyyy HH:mm:ss 'GMT'");
    }

    private static DateTimeOffset? Exact(string text, string format) =>
        DateTimeOffset.TryParseExact(
            text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite, out var at)
            ? at : null;
}
