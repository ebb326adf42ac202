using System.Globalization;

namespace Amble.ScriptedSites;

/// <summary>What a throttled answer says about coming back: nothing, seconds until there is a token, fixed seconds, or the first as an HTTP date.</summary>
public sealed record RetryAfter
{
    private readonly string _words;

    private RetryAfter(string words) => _words = words;

    public static RetryAfter None { get; } = new("none");

    public static RetryAfter Auto { get; } = new("auto");

    public static RetryAfter Date { get; } = new("date");

    public static RetryAfter Seconds(int seconds) => new(seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary><c>none</c>, <c>auto</c>, <c>date</c> or a number of seconds.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static RetryAfter Parse(string words) => words switch
    {
        "" or "none" => None,
        "auto" => Auto,
        "date" => Date,
        _ => Seconds(int.Parse(words, CultureInfo.InvariantCulture)),
    };

    /// <summary>The header's value; null leaves it out.</summary>
    public string? Header(TimeSpan untilToken, DateTimeOffset now)
    {
        // Whole seconds, rounded up: who obeys exactly is not throttled again.
        var seconds = Math.Max(1, (int)Math.Ceiling(untilToken.TotalSeconds));
        return _words switch
        {
            "none" => null,
            "auto" => seconds.ToString(CultureInfo.InvariantCulture),
            // The date has whole seconds too, and now is somewhere within one.
            "date" => now.AddSeconds(seconds + 1).ToString("R", CultureInfo.InvariantCulture),
            _ => _words,
        };
    }

    public override string ToString() => _words;
}
