using System.Globalization;

namespace Amble.App.Settings;

/// <summary>How a constant is written as a plain value.</summary>
/// <param name="Suffix">What its name ends in, as in <c>floorMs</c>; empty where the name says it all.</param>
/// <param name="Allowed">What kind of text is read, fit to follow "allowed is".</param>
/// <param name="Write">The value's text; reading it gives the value again.</param>
/// <param name="Read">Null when the text is none.</param>
public sealed record Unit<T>(string Suffix, string Allowed, Func<T, string> Write, Func<string, Reading<T>?> Read);

/// <summary>A text that could be read.</summary>
public readonly record struct Reading<T>(T Value);

/// <summary>The units that settings come in.</summary>
public static class Unit
{
    public static readonly Unit<TimeSpan> Milliseconds = Span("Ms", "milliseconds", TimeSpan.FromMilliseconds(1));
    public static readonly Unit<TimeSpan> Seconds = Span("Seconds", "seconds", TimeSpan.FromSeconds(1));
    public static readonly Unit<TimeSpan> Minutes = Span("Minutes", "minutes", TimeSpan.FromMinutes(1));
    public static readonly Unit<TimeSpan> Hours = Span("Hours", "hours", TimeSpan.FromHours(1));
    public static readonly Unit<TimeSpan> Days = Span("Days", "days", TimeSpan.FromDays(1));
    public static readonly Unit<int> Count = Whole("");
    public static readonly Unit<int> Bytes = Whole("Bytes");

    /// <summary>A number that may be large, of what its name says.</summary>
    public static readonly Unit<long> Many = new(
        "", "a whole number", value => value.ToString(CultureInfo.InvariantCulture),
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? new Reading<long>(value) : null);

    /// <summary>A share, or how many times one thing is another.</summary>
    public static readonly Unit<double> Ratio = new("", "a number", Text, text => Number(text) is { } value ? new Reading<double>(value) : null);

    public static readonly Unit<bool> TrueOrFalse = new("", "true or false", value => value ? "true" : "false", text => bool.TryParse(text, out var value) ? new Reading<bool>(value) : null);

    public static readonly Unit<string> Words = new("", "text", value => value, text => new Reading<string>(text));

    /// <summary>Text of which nothing means null.</summary>
    public static readonly Unit<string?> WordsOrNothing = new("", "text, or nothing", value => value ?? "", text => new Reading<string?>(text.Length == 0 ? null : text));

    private static Unit<int> Whole(string suffix) => new(
        suffix, "a whole number", value => value.ToString(CultureInfo.InvariantCulture),
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? new Reading<int>(value) : null);

    private static Unit<TimeSpan> Span(string suffix, string many, TimeSpan one) => new(
        suffix, "a number of " + many, value => Text(value / one),
        text => Number(text) is { } value && Math.Abs(value) < TimeSpan.MaxValue / one ? new Reading<TimeSpan>(one * value) : null);

    private static string Text(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
