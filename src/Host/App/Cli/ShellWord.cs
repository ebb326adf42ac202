namespace Amble.App.Cli;

/// <summary>Words that can be pasted into a POSIX shell.</summary>
public static class ShellWord
{
    private const string Plain = "-_./:=,@%+~";

    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
