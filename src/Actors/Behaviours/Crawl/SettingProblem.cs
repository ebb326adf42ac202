namespace Amble.Behaviours.Crawl;

/// <summary>One wrong setting, in the three things a person needs to mend it.</summary>
/// <param name="Path">Where it stands, as in <c>Pace:Floor</c>.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record SettingProblem(string Path, string Value, string Allowed)
{
    public override string ToString() => $"{Path} is {Value}; allowed is {Allowed}.";
}
