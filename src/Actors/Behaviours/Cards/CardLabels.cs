using System.Globalization;

namespace Amble.Behaviours.Cards;

/// <summary>
/// Numbers as a card prints them (SEEDS D-4): coarse on purpose, since a card is drawn again when its label changes. Always rounded down:
/// a label never promises more than there is, and never reads "1000k".
/// </summary>
public static class CardLabels
{
    /// <summary><c>0</c> to <c>9</c>, <c>10+</c>, <c>20+</c> … <c>900+</c>, <c>1k</c> … <c>999k</c>, <c>1.0M</c> … <c>999.9M</c>, <c>1.0B</c> and on.</summary>
    public static string Views(long views) => views switch
    {
        < 0 => throw new ArgumentOutOfRangeException(nameof(views), views, "Views are counted from zero."),
        < 10 => Whole(views),
        < 100 => $"{views / 10 * 10}+",
        < 1_000 => $"{views / 100 * 100}+",
        < 1_000_000 => $"{views / 1_000}k",
        < 1_000_000_000 => $"{Tenths(views / 100_000)}M",
        _ => $"{Tenths(views / 100_000_000)}B",
    };

    /// <summary>Exact up to <c>99,999</c>, then <c>100k</c> … <c>999k</c> and <c>1.0M</c> and on, so that it fits its column.</summary>
    public static string Count(long count) => count < 100_000 ? count.ToString("N0", CultureInfo.InvariantCulture) : Views(count);

    /// <summary><c>85 ms</c>, <c>2.3 s</c>, <c>42 s</c>, <c>3 min</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1_000 } => $"{Whole(Math.Max(0, (long)span.TotalMilliseconds))} ms",
        { TotalSeconds: < 10 } => $"{Tenths((long)(span.TotalMilliseconds / 100))} s",
        { TotalSeconds: < 60 } => $"{Whole((long)span.TotalSeconds)} s",
        _ => $"{Whole((long)span.TotalMinutes)} min",
    };

    /// <summary><c>26 Nov 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Tenths(long tenths) => string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}");

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
