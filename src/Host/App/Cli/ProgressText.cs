using System.Globalization;
using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>A crawl under way.</summary>
/// <param name="Jobs">All jobs of the command.</param>
/// <param name="At">When they were looked at.</param>
/// <param name="Elapsed">Since the command took them up.</param>
/// <param name="Left">How long it will take yet; null when nobody knows.</param>
public sealed record Progress(IReadOnlyList<JobSummary> Jobs, DateTimeOffset At, TimeSpan Elapsed, double PagesPerSecond, TimeSpan? Left);

/// <summary>The same in words: how far, how fast, how long yet, and what holds it up.</summary>
public static class ProgressText
{
    /// <summary>Jobs that get a line of their own in a block.</summary>
    private const int MostJobLines = 6;
    private const int WidestStart = 50;

    /// <summary>What is drawn again and again on a terminal; no line is longer than <paramref name="width"/>.</summary>
    public static IReadOnlyList<string> Block(Progress progress, int width)
    {
        var lines = progress.Jobs is [var only]
            ? [$"{TerminalText.Clean(only.Start)}   {Quantity.Span(progress.Elapsed)}", "  " + Sums(progress), "  " + Doing(only, progress.At)]
            : Many(progress);
        return [.. lines.Select(line => TerminalText.Cut(line, Math.Max(20, width - 1)))];
    }

    /// <summary>One line for a log.</summary>
    public static string Line(Progress progress)
    {
        var doing = progress.Jobs.Where(job => !job.HasEnded).Select(job => Doing(job, progress.At)).Distinct().Take(2).ToList();
        return $"{Quantity.Span(progress.Elapsed)}: {Sums(progress)}{(doing is [var only] ? "   " + only : "")}";
    }

    /// <summary>What a Crawl-delay means for a job, told once: it may be that nobody wants to wait that long.</summary>
    /// <param name="maxPages">The job's limit; null when it has none.</param>
    public static string CrawlDelay(JobSummary job, double seconds, int? maxPages)
    {
        var pages = job.Done > 0 ? job.Pending : maxPages ?? 100;
        return string.Create(CultureInfo.InvariantCulture, $"{TerminalText.Clean(job.Start)}: robots.txt asks for {seconds:0.##} s between requests (Crawl-delay), so ")
            + $"{(job.Done > 0 ? "the " : "")}{Quantity.Of(pages, "page")}{(job.Done > 0 ? " open now" : "")} {(pages == 1 ? "takes" : "take")} at least {Quantity.Span(TimeSpan.FromSeconds(pages * seconds))}.";
    }

    private static List<string> Many(Progress progress)
    {
        // What is held up is what people look for.
        var open = progress.Jobs.Where(job => !job.HasEnded).OrderByDescending(job => job.State == "parked" || job.Now?.BlockedUntil is not null).ToList();
        var starts = open.Take(MostJobLines).ToDictionary(job => job, job => TerminalText.Cut(TerminalText.Clean(job.Start), WidestStart));
        var width = starts.Values.Select(start => start.Length).DefaultIfEmpty().Max();
        var lines = new List<string>
        {
            $"{Quantity.Of(progress.Jobs.Count, "job")}, {Quantity.Number(open.Count)} under way   {Quantity.Span(progress.Elapsed)}",
            "  " + Sums(progress),
        };
        lines.AddRange(starts.Select(job => $"  {job.Value.PadRight(width)}  {Quantity.Number(job.Key.Done)} of {Quantity.Number(job.Key.Pages)}  {Doing(job.Key, progress.At)}"));
        if (open.Count > MostJobLines)
        {
            lines.Add($"  and {Quantity.Number(open.Count - MostJobLines)} more");
        }
        return lines;
    }

    private static string Sums(Progress progress)
    {
        var jobs = progress.Jobs;
        var throttled = jobs.Sum(job => job.Throttled);
        string?[] parts =
        [
            $"done {Quantity.Number(jobs.Sum(job => job.Done))}",
            $"found {Quantity.Number(jobs.Sum(job => job.Pages))}",
            $"broken {Quantity.Number(jobs.Sum(job => job.Broken))}",
            throttled > 0 ? $"throttled {Quantity.Number(throttled)}" : null,
            progress.Left is { } left ? $"about {Quantity.Span(left)} left" : null,
            string.Create(CultureInfo.InvariantCulture, $"{progress.PagesPerSecond:0.0} pages/s"),
            $"in flight {jobs.Sum(job => job.Now?.InFlight ?? 0)}",
        ];
        return string.Join("   ", parts.OfType<string>());
    }

    private static string Doing(JobSummary job, DateTimeOffset now) => TerminalText.Clean(job switch
    {
        { State: "parked" } => Parked(job),
        { State: "finishing" } => "writing the report",
        { Now: { BlockedUntil: { } until } blocked } when until > now => $"{blocked.Doing}; {Quantity.Span(until - now)} more",
        // Between two requests it waits most of the time; that it does so is its pace, and no news.
        { Now: { GoesWell: true } well } => well.Pace,
        { Now: { Doing: DomainProtocol.Status.WakingUp } waking } => waking.Doing,
        { Now: { } other } => $"{other.Doing}; {other.Pace}",
        _ => job.State,
    });

    private static string Parked(JobSummary job) =>
        $"parked{(job.Reason is null ? "" : ": " + job.Reason)}{(job.ResumeAt is { } at ? $", resumes at {Quantity.Instant(at)}" : "")}";
}
