namespace Amble.App.Cli;

/// <summary>Where a command speaks to people.</summary>
/// <param name="Out">Results.</param>
/// <param name="Err">Problems and progress.</param>
/// <param name="Live">A block of lines may be drawn again and again: a terminal, and NO_COLOR is not set.</param>
/// <param name="Interactive">Somebody is there who can press Ctrl-C.</param>
/// <param name="Width">Columns.</param>
public sealed record Terminal(TextWriter Out, TextWriter Err, bool Live, bool Interactive, Func<int> Width)
{
    /// <summary>This process's own terminal.</summary>
    public static Terminal OfProcess()
    {
        var plain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new Terminal(
            Console.Out, Console.Error, !Console.IsErrorRedirected && !plain, !Console.IsInputRedirected && !Console.IsOutputRedirected, ColumnsOfProcess);
    }

    private static int ColumnsOfProcess() => Console.IsErrorRedirected || Console.WindowWidth <= 0 ? 100 : Console.WindowWidth;
}
