using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Amble.Behaviours.Politeness;

/// <summary>
/// A picture as a text of a few kilobytes: version, width in ms, then columns, refusals and blocks, apart by bars; in each, entries apart by
/// semicolons, and their numbers by commas. A column is number, requests, refused, least and greatest gap in µs (empty where there was none);
/// a band is from, to and count, in ms.
/// </summary>
public static class PictureText
{
    private const string Version = "1";

    public static string Write(PolitenessPicture picture)
    {
        var text = new StringBuilder(picture.Columns.Count * 32);
        text.Append(CultureInfo.InvariantCulture, $"{Version}|{picture.Width.TotalMilliseconds:0}|");
        text.AppendJoin(';', picture.Columns.Select(column => string.Create(CultureInfo.InvariantCulture,
            $"{column.Number},{column.Requests},{column.Refused},{Microseconds(column.Least)},{Microseconds(column.Greatest)}")));
        text.Append('|').AppendJoin(';', picture.Refusals.Select(Band));
        text.Append('|').AppendJoin(';', picture.Blocks.Select(Band));
        return text.ToString();
    }

    /// <summary>False when the text is of another version, or none of ours.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out PolitenessPicture? picture)
    {
        picture = null;
        if (text?.Split('|') is not [Version, var width, var columns, var refusals, var blocks]) return false;
        if (Number(width) is not { } milliseconds || milliseconds <= 0) return false;
        if (Entries(columns, 5) is not { } told || Entries(refusals, 3) is not { } refused || Entries(blocks, 3) is not { } blocked) return false;
        picture = new PolitenessPicture(TimeSpan.FromMilliseconds(milliseconds), [.. told.Select(Column)], [.. refused.Select(Band)], [.. blocked.Select(Band)]);
        return true;
    }

    private static string Band(TimeBand band) =>
        string.Create(CultureInfo.InvariantCulture, $"{band.From.TotalMilliseconds:0},{band.To.TotalMilliseconds:0},{band.Count}");

    private static TimeBand Band(long?[] parts) =>
        new(TimeSpan.FromMilliseconds(parts[0] ?? 0), TimeSpan.FromMilliseconds(parts[1] ?? 0), parts[2] ?? 0);

    private static GapColumn Column(long?[] parts) => new((int)(parts[0] ?? 0), parts[1] ?? 0, parts[2] ?? 0, Span(parts[3]), Span(parts[4]));

    private static string Microseconds(TimeSpan? span) => span is { } some ? ((long)some.TotalMicroseconds).ToString(CultureInfo.InvariantCulture) : "";

    private static TimeSpan? Span(long? microseconds) => microseconds is { } some ? TimeSpan.FromMicroseconds(some) : null;

    /// <summary>Null when one of them has not so many numbers.</summary>
    private static List<long?[]>? Entries(string text, int numbers)
    {
        var entries = new List<long?[]>();
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split(',');
            var read = Array.ConvertAll(parts, Number);
            if (parts.Length != numbers || parts.Zip(read).Any(pair => pair.First.Length > 0 && pair.Second is null)) return null;
            entries.Add(read);
        }
        return entries;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
