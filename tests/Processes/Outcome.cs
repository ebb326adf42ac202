using Xunit;

namespace Amble.Processes.Specs;

/// <summary>What a process left: exit code, standard output, standard error.</summary>
public sealed record Outcome(int Code, string Out, string Err)
{
    /// <summary>What it complains of, without the program's name.</summary>
    public IReadOnlyList<string> Problems =>
        [.. Err.Split('\n').Where(line => line.StartsWith("amble: ", StringComparison.Ordinal)).Select(line => line["amble: ".Length..])];

    /// <summary>Refused: exit code 2, and as many sentences as there are faults, each on a line, none of them a stack trace.</summary>
    public IReadOnlyList<string> Refused(int faults = 1)
    {
        Assert.Equal((2, faults), (Code, Problems.Count));
        Assert.All(Problems, problem => Assert.Matches("^.{10,900}[.)]$", problem));
        AssertNoTrace();
        return Problems;
    }

    public Outcome AssertCode(int expected)
    {
        Assert.True(expected == Code, $"Exit code {Code} instead of {expected}.\n{Out}\n{Err}");
        AssertNoTrace();
        return this;
    }

    private void AssertNoTrace() => Assert.DoesNotContain("   at ", Out + Err, StringComparison.Ordinal);
}
