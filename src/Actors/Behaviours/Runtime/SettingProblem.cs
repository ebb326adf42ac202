using System.Globalization;

namespace Amble.Behaviours.Runtime;

/// <summary>One wrong constant of a settings record, in the three things a person needs to mend it.</summary>
/// <param name="Path">Section and property, as in <c>Pace:Floor</c>.</param>
/// <param name="Value">What stands there: a number, a span or a text.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record SettingProblem(string Path, object Value, Allowed Allowed)
{
    /// <summary>The property's own name.</summary>
    public string Property => Path[(Path.IndexOf(':') + 1)..];

    public override string ToString() => $"{Path} is {(Value is string text ? $"'{text}'" : Allowed.Text(Value))}; allowed is {Allowed}.";
}

/// <summary>What a constant may be. Limits stay values, so that whoever tells them can write them in the unit that was asked for.</summary>
public abstract record Allowed
{
    private Allowed() { }

    /// <param name="LeastBy">The property that sets the lower limit; null when it is fixed.</param>
    /// <param name="MostBy">The same for the upper one.</param>
    public sealed record Between(object Least, object Most, string? LeastBy, string? MostBy) : Allowed
    {
        public override string ToString() => $"{Limit(Least, LeastBy)} to {Limit(Most, MostBy)}";

        private static string Limit(object value, string? by) => by is null ? Text(value) : $"{Text(value)} ({by})";
    }

    public sealed record Words(string Sentence) : Allowed
    {
        public override string ToString() => Sentence;
    }

    internal static string Text(object value) => value is TimeSpan span ? span.ToString("c") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
