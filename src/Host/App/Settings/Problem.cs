namespace Amble.App.Settings;

/// <summary>One thing that is wrong with what was asked: where it stands, what was given, what is allowed.</summary>
/// <param name="Where">An option, a setting's path, a line of a file or a field of a request.</param>
/// <param name="Value">What was given; null when nothing was.</param>
/// <param name="Allowed">What would be right, fit to follow "allowed is".</param>
public sealed record Problem(string Where, string? Value, string Allowed)
{
    public override string ToString() =>
        Value is null ? $"{Where} is missing; allowed is {Allowed}." : $"{Where}: '{Value}' is not allowed; allowed is {Allowed}.";
}
