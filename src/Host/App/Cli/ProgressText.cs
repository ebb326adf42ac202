using System.Globalization;
using Amble.App.Http;

namespace Amble.App.Cli;

/// <summary>A crawl under way, in words.</summary>
/// <param name="Jobs">All jobs of the command.</param>
/// <param name="Elapsed">Since the command took them up.</param>
public sealed record Progress(IReadOnlyList<JobSummary> Jobs, TimeSpan Elapsed, double PagesPerSecond, TimeSpan? Left);

public static class ProgressText
{
    /// <summary>Jobs that get a line of their own in a block.</summary>
    private const int MostJobLines = 6;

    /// <summary>What is drawn again and again on a terminal; no line is longer than <paramref name="width"/>.</summary>
    public static IReadOnlyList<string> Block(Progress progress, int width)
    {
        var open = progress.Jobs.Where(job => !job.HasEnded).ToList();
        var lines = new List<string>();
        if (progress.Jobs is [var only])
        {
            lines.Add($"{TerminalText.Clean(only.Start)}   {Quantity.Span(progress.Elapsed)}");
            lines.Add("  " + Sums(progress, progress.Jobs));
            lines.Add("  " + Doing(only));
        }
        else
        {
            lines.Add($"{Quantity.Of(progress.Jobs.Count, "job")}, {open.Count} under way   {Quantity.Span(progress.Elapsed)}");
            lines.Add("  " + Sums(progress, progress.Jobs));
            lines.AddRange(open.Take(MostJobLines).Select(job => $"  {TerminalText.Clean(job.Start)}  {Quantity.Number(job.Done)} of {Quantity.Number(job.Pages)}  {Doing(job)}"));
            if (open.Count > MostJobLines)
            {
                lines.Add($"  and {open.Count - MostJobLines} more");
            }
        }
        return [.. lines.Select(line => TerminalText.Cut(line, Math.Max(20, width - 1)))];
    }

    /// <summary>One line for a log.</summary>
    public static string Line(Progress progress)
    {
        var waiting = progress.Jobs.Where(job => !job.HasEnded).Select(Doing).Distinct().Take(2).ToList();
        return $"{Quantity.Span(progress.Elapsed)}: {Sums(progress, progress.Jobs)}{(waiting is [var only] ? "   " + only : "")}";
    }

    private static string Sums(Progress progress, IReadOnlyList<JobSummary> jobs)
    {
        var parts = new List<string>
        {
            $"done {Quantity.Number(jobs.Sum(job => job.Done))}",
            $"found {Quantity.Number(jobs.Sum(job => job.Pages))}",
            $"broken {Quantity.Number(jobs.Sum(job => job.Broken))}",
            string.Create(CultureInfo.InvariantCulture, $"{progress.PagesPerSecond:0.0} pages/s"),
            $"in flight {jobs.Sum(job => job.Now?.InFlight ?? 0)}",
        };
        if (progress.Left is { } left)
        {
            parts.Add($"about {Quantity.Span(left)} left");
        }
        return string.Join("   ", parts);
    }

    private static string Doing(JobSummary job) => TerminalText.Clean(job switch
    {
        { State: "parked" } => Parked(job),
        { State: "finishing" } => "writing the report",
        { Now.Doing: { } doing } => doing,
        _ => job.State,
    });

    private static string Parked(JobSummary job) =>
        $"parked{(job.Reason is null ? "" : ": " + job.Reason)}{(job.ResumeAt is { } at ? $", resumes at {Quantity.Instant(at)}" : "")}";
}
