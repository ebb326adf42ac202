namespace Amble.App.Cli;

/// <summary>
/// Shows a crawl under way: on a terminal one block that is drawn again in its place, else a plain line every ten seconds, at every
/// change of a job's state, and when its site is left alone for a minute or more.
/// </summary>
public sealed class ProgressView(Terminal terminal)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongRest = TimeSpan.FromMinutes(1);

    private int _drawn;
    private TimeSpan? _lastLineAt;
    private string _lastStates = "";

    public void Show(Progress progress)
    {
        if (terminal.Live)
        {
            Draw(ProgressText.Block(progress, terminal.Width()));
            return;
        }
        // The end of a rest is no news: what it was for began again.
        var states = string.Join(',', progress.Jobs.Select(job => job.State + (job.Now?.BlockedUntil is { } until && until - progress.At >= LongRest ? $" {until:O}" : "")));
        if (_lastLineAt is null || progress.Elapsed - _lastLineAt >= BetweenLines || states != _lastStates)
        {
            terminal.Err.WriteLine(ProgressText.Line(progress));
            _lastLineAt = progress.Elapsed;
            _lastStates = states;
        }
    }

    /// <summary>A line that stays, above the block.</summary>
    public void Say(string line)
    {
        Clear();
        terminal.Err.WriteLine(line);
    }

    /// <summary>Takes the block away, so that what follows stands in its place.</summary>
    public void Clear()
    {
        if (terminal.Live)
        {
            Draw([]);
        }
    }

    private void Draw(IReadOnlyList<string> lines)
    {
        // Up to the block's first line, then clear to the end of the screen (ECMA-48 CPL and ED).
        var up = _drawn > 0 ? $"\e[{_drawn}F\e[J" : "";
        terminal.Err.Write(up + string.Concat(lines.Select(line => line + "\n")));
        terminal.Err.Flush();
        _drawn = lines.Count;
    }
}
