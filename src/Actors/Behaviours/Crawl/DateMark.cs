using System.Globalization;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// URLs that end with a date: a path that ends with /2026/05, /2026/05/01, /2026-05, /2026-05-01 or /20260501, or a query with such a value
/// or with parameters named for parts of a date. Years are 1000 to 9999, months and days real.
/// </summary>
internal static class DateMark
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _parts = new HashSet<string>(
        ["year", "month", "day", "week", "date", "yr", "mon", "ym", "yyyy", "mm", "dd"], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The key of the URL without its date; null when it does not end with one.</summary>
    public static long? KeyWithout(PageUrl url)
    {
        var path = UrlShape.PathOf(url).TrimEnd('/');
        var query = UrlShape.QueryOf(url);
        var before = query.IsEmpty ? BeforeDate(path) : path.Length;
        var isDated = before < path.Length;
        var sum = 0L;
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            var equals = parameter.IndexOf('=');
            var isDate = equals > 0 && IsDate(parameter[..equals], parameter[(equals + 1)..]);
            isDated |= isDate;
            sum += StableHash.Of(isDate ? parameter[..equals] : parameter).Value;
        }
        return isDated ? StableHash.Of("date").And(UrlShape.OriginOf(url)).And(path[..before]).And(sum).Value : null;
    }

    // Where the date at the end of a path begins; its length when there is none.
    private static int BeforeDate(ReadOnlySpan<char> path)
    {
        var last = path.LastIndexOf('/');
        if (last < 0) return path.Length;
        if (IsWhole(path[(last + 1)..])) return last;
        var month = path[..last].LastIndexOf('/');
        if (month < 0) return path.Length;
        if (IsYear(path[(month + 1)..last]) && Is(path[(last + 1)..], 12)) return month;
        var year = path[..month].LastIndexOf('/');
        return year >= 0 && IsYear(path[(year + 1)..month]) && Is(path[(month + 1)..last], 12) && Is(path[(last + 1)..], 31) ? year : path.Length;
    }

    private static bool IsDate(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        IsWhole(value) || (_parts.Contains(name) && !value.IsEmpty && value.IndexOfAnyExcept("0123456789-") < 0);

    private static bool IsWhole(ReadOnlySpan<char> text) => text.Length switch
    {
        7 => text[4] == '-' && IsYear(text[..4]) && Is(text[5..], 12),
        8 => IsYear(text[..4]) && Is(text[4..6], 12) && Is(text[6..], 31),
        10 => text[4] == '-' && text[7] == '-' && IsYear(text[..4]) && Is(text[5..7], 12) && Is(text[8..], 31),
        _ => false,
    };

    private static bool IsYear(ReadOnlySpan<char> text) => text.Length == 4 && text[0] != '0' && text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool Is(ReadOnlySpan<char> text, int most) =>
        text.Length is 1 or 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most;
}
