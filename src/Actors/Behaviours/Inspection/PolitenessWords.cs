using System.Globalization;
using Amble.Messages;

namespace Amble.Behaviours.Inspection;

/// <summary>How a domain was asked, in words and figures that fit into a sentence; the same for the terminal, a page and an operator.</summary>
public static class PolitenessWords
{
    /// <summary>One sentence: what it came to.</summary>
    public static string Sentence(DomainPoliteness of)
    {
        var parts = new List<string>
        {
            of.LeastGap is { } gap ? $"{Count(of.Requests, "request")}, never closer than {AtLeast(gap)}" : Count(of.Requests, "request"),
            $"at most {of.MostInFlight.ToString(CultureInfo.InvariantCulture)} in flight",
            Refused(of.Refused, of.RefusedShare),
        };
        if (of.Refusals > 0) parts.Add(Quiet(of));
        if (of.Blocks > 0) parts.Add($"left alone {Times(of.Blocks)} for {Span(of.Blocked)} in all");
        if (of.Settled?.Rate is { } rate) parts.Add($"settled at {Rate(rate)}");
        return string.Join("; ", parts) + ".";
    }

    /// <summary>How long it took until the site refused no more.</summary>
    public static string Quiet(DomainPoliteness of) => of switch
    {
        { Refusals: 0 } => "never refused",
        { IsQuiet: false } => "still refusing at the end",
        { Refusals: 1, LongestToQuiet: { } one } => $"quiet {Span(one)} after it refused",
        _ => $"refused {Times(of.Refusals)}, each time quiet within {Within(of.LongestToQuiet ?? default)}",
    };

    public static string Refused(long refused, double share) => refused == 0 ? "none refused" : $"{Number(refused)} refused ({Share(share)})";

    /// <summary>Requests a second, or how far apart they are when that is less than one.</summary>
    public static string Rate(double perSecond) =>
        perSecond >= 100 ? $"{Number((long)perSecond)} a second" : perSecond >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.##} a second") : perSecond > 0 ? $"one every {Span(TimeSpan.FromSeconds(1 / perSecond))}" : "none";

    /// <summary>In percent; what is there is never told as nothing.</summary>
    public static string Share(double share) => share is > 0 and < 0.0001 ? "under 0.01 %" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0.0995 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.000} s"),
        { TotalSeconds: < 9.995 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.00} s"),
        { TotalSeconds: < 119.5 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        { TotalMinutes: < 119.5 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
    };

    /// <summary>Rounded down: what is said to have been kept was kept.</summary>
    public static string AtLeast(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalMicroseconds / 100) / 10:0.#} ms"),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalMilliseconds) / 1000:0.00#} s"),
        _ => Span(span - TimeSpan.FromTicks(span.Ticks % (span.TotalMinutes < 2 ? TimeSpan.TicksPerSecond / 10 : TimeSpan.TicksPerMinute))),
    };

    /// <summary>Rounded up, for the same reason.</summary>
    public static string Within(TimeSpan span)
    {
        var step = span switch { { TotalSeconds: < 10 } => TimeSpan.TicksPerSecond / 100, { TotalMinutes: < 2 } => TimeSpan.TicksPerSecond / 10, _ => TimeSpan.TicksPerMinute };
        return Span(TimeSpan.FromTicks((span.Ticks + step - 1) / step * step));
    }

    private static string Count(long count, string one) => $"{Number(count)} {one}{(count == 1 ? "" : "s")}";

    private static string Times(int times) => times switch { 1 => "once", 2 => "twice", _ => $"{Number(times)} times" };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
