namespace Amble.Behaviours.Runtime;

/// <summary>Collects all that is wrong with one settings record, so that it can be told at once.</summary>
/// <param name="section">The record's section, as in <c>Pace</c>.</param>
public sealed class SettingChecks(string section)
{
    private readonly List<SettingProblem> _problems = [];

    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <param name="leastBy">The property that sets the lower limit; null when it is fixed.</param>
    /// <param name="mostBy">The same for the upper one.</param>
    public void Between<T>(string name, T value, T least, T most, string? leastBy = null, string? mostBy = null) where T : struct, IComparable<T>
    {
        // Not-a-number compares as less than anything.
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0) Wrong(name, value, new Allowed.Between(least, most, leastBy, mostBy));
    }

    public void Text(string name, string? value, bool isRight, string allowed)
    {
        if (!isRight) Wrong(name, value ?? "", new Allowed.Words(allowed));
    }

    private void Wrong(string name, object value, Allowed allowed) => _problems.Add(new SettingProblem($"{section}:{name}", value, allowed));
}
