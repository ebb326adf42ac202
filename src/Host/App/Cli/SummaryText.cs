using Amble.App.Http;

namespace Amble.App.Cli;

/// <summary>What a finished crawl says: sums, then what is broken and where it is linked, then what was refused or kept out.</summary>
public static class SummaryText
{
    private const int MostBroken = 20;
    private const int MostSources = 3;
    private const int MostRefused = 10;

    /// <summary>How many findings of each kind are worth reading for a summary.</summary>
    public const int Needed = MostBroken;

    /// <param name="more">Where the rest can be read, fit to follow "see".</param>
    public static void Write(TextWriter to, JobSummary job, JobFindings findings, string more)
    {
        to.WriteLine();
        to.WriteLine($"{TerminalText.Clean(job.Start)}  {job.State} in {Quantity.Span(TimeSpan.FromSeconds(job.Seconds))} (job {job.Job})");
        if (Why(job) is { } why)
        {
            to.WriteLine($"  {why}");
        }
        to.WriteLine();
        WriteSums(to, job);
        WriteBroken(to, job, findings, more);
        WriteRefused(to, job, findings, more);
        WriteExcluded(to, findings);
        SitemapText.Write(to, findings.Sitemaps);
    }

    /// <summary>All jobs of a command in one line each, when there are many.</summary>
    public static void WriteTotal(TextWriter to, IReadOnlyList<JobSummary> jobs)
    {
        to.WriteLine();
        var states = jobs.GroupBy(job => job.State).Select(group => $"{Quantity.Number(group.Count())} {group.Key}");
        var sum = JsonSummary.Sum(jobs);
        to.WriteLine($"Together: {Quantity.Of(jobs.Count, "job")} ({string.Join(", ", states)}) in {Quantity.Span(TimeSpan.FromSeconds(sum.Seconds))}");
        to.WriteLine();
        WriteSums(to, sum);
    }

    private static void WriteSums(TextWriter to, JobSummary job)
    {
        (string Name, long Count, string Note)[] rows =
        [
            ("pages", job.Pages, ""), ("ok", job.Ok, ""), ("redirected", job.Redirected, ""), ("broken", job.Broken, ""), ("refused", job.Refused, ""),
            ("unknown", job.Unknown, ""), ("excluded", job.Excluded, ""),
            ("requests", job.Requests, $"{Quantity.Of(job.Retries, "retry", "retries")}, {Quantity.Number(job.Throttled)} throttled, {Quantity.Bytes(job.Bytes)}"),
            .. Unchanged(job), .. Warmed(job),
        ];
        var width = rows.Max(row => Quantity.Number(row.Count).Length);
        foreach (var (name, count, note) in rows)
        {
            to.WriteLine($"  {name,-10}  {Quantity.Number(count).PadLeft(width)}  {note}".TrimEnd());
        }
        if (job.Politeness is { Requests: > 0, Says.Length: > 0 } polite)
        {
            to.WriteLine($"  {"politeness",-10}  {TerminalText.Clean(polite.Says)}");
        }
    }

    private static (string Name, long Count, string Note)[] Unchanged(JobSummary job) =>
        job.NotModified == 0 ? [] : [("unchanged", job.NotModified, $"since the last visit: {Quantity.Bytes(job.SavedBytes)} not sent again")];

    private static (string Name, long Count, string Note)[] Warmed(JobSummary job)
    {
        var cold = job.Warmed - job.WarmedHits;
        return job.Warmed == 0 ? [] : [("warmed", job.Warmed, $"{Quantity.Number(job.WarmedHits)} in the cache now{(cold > 0 ? $", {Quantity.Number(cold)} still not" : "")}")];
    }

    private static void WriteBroken(TextWriter to, JobSummary job, JobFindings findings, string more)
    {
        if (job.Broken == 0)
        {
            return;
        }
        to.WriteLine();
        to.WriteLine("Broken:");
        foreach (var page in findings.Broken.Take(MostBroken))
        {
            to.WriteLine($"  {TerminalText.Clean(page.Outcome),-18} {TerminalText.Clean(page.Url)}");
            foreach (var source in page.Sources.Take(MostSources))
            {
                var anchor = TerminalText.Clean(source.Anchor, 80);
                to.WriteLine($"  {"",-18}   linked from {TerminalText.Clean(source.Page)}{(anchor.Length > 0 ? $" as \"{anchor}\"" : "")}");
            }
            var others = page.SourceCount - Math.Min(MostSources, page.Sources.Count);
            if (others > 0)
            {
                to.WriteLine($"  {"",-18}   and from {Quantity.Of(others, "more page")}");
            }
        }
        WriteRest(to, job.Broken - Math.Min(MostBroken, findings.Broken.Count), more);
    }

    private static void WriteRefused(TextWriter to, JobSummary job, JobFindings findings, string more)
    {
        if (job.Refused == 0)
        {
            return;
        }
        to.WriteLine();
        to.WriteLine("Refused (not broken: the site did not want to answer us):");
        foreach (var page in findings.Refused.Take(MostRefused))
        {
            to.WriteLine($"  {TerminalText.Clean(page.Outcome),-18} {TerminalText.Clean(page.Url)}");
        }
        WriteRest(to, job.Refused - Math.Min(MostRefused, findings.Refused.Count), more);
    }

    private static void WriteExcluded(TextWriter to, JobFindings findings)
    {
        if (findings.Excluded.Count == 0)
        {
            return;
        }
        to.WriteLine();
        to.WriteLine("Not asked for:");
        foreach (var excluded in findings.Excluded)
        {
            var example = excluded.Examples.Count > 0 ? $"  such as {TerminalText.Clean(excluded.Examples[0])}" : "";
            to.WriteLine($"  {excluded.Reason,-18} {Quantity.Number(excluded.Count)}{example}");
        }
    }

    private static void WriteRest(TextWriter to, long rest, string more)
    {
        if (rest > 0)
        {
            to.WriteLine($"  and {Quantity.Number(rest)} more: see {more}");
        }
    }

    /// <summary>Why it ended as it did, in one sentence; null when it ended well.</summary>
    private static string? Why(JobSummary job)
    {
        var reason = job.Reason is null ? null : TerminalText.Clean(job.Reason);
        return job switch
        {
            { State: "parked", ResumeAt: { } at } => $"{reason ?? "The site asked us to stay away"}; resumes at {Quantity.Instant(at)}.",
            { State: "completed", ReadNothing: true, Broken: 0 } => reason ?? "No page could be read: all that was found is refused or kept out, see below.",
            _ => reason,
        };
    }
}
