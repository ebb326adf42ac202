using Amble.App.Cli;
using Amble.App.Http;

namespace Amble.App.Pages;

/// <param name="Tone">good, bad, warn, or calm while nothing is decided.</param>
/// <param name="Headline">The answer to "how is my site?", without numbers to work out.</param>
/// <param name="Sentence">What it rests on.</param>
public sealed record Verdict(string Tone, string Headline, string Sentence);

/// <summary>
/// The verdict on a crawl, from the worst that is known of it: that it told nothing (failed, blocked), that it is not over, what readers
/// get nothing of, what hinders them, what could be better; and only without any of these, that all is well.
/// </summary>
public static class VerdictRule
{
    public static Verdict Of(JobSummary job, IReadOnlyList<Mend> mends)
    {
        var read = $"{Quantity.Of(job.Done, "page")} asked for, {Quantity.Number(job.Ok)} well";
        return job.State switch
        {
            "failed" => new Verdict("bad", "The crawl failed.", job.Reason ?? "It gave no reason."),
            "blocked" => new Verdict("bad", "The site turned us away.", job.Reason ?? "It refused everything we asked for."),
            "parked" => new Verdict("warn", "The crawl waits, as the site asked.", Waits(job)),
            "running" or "finishing" when job.Done == 0 => new Verdict("calm", "The crawl has begun.", "Nothing has been answered yet: robots.txt comes first, then the start page."),
            "running" or "finishing" => UnderWay(job, mends),
            "cancelled" => new Verdict("warn", "The crawl was cancelled.", $"What follows is what it had found by then: {read}."),
            _ => Ended(job, mends, read),
        };
    }

    private static string Waits(JobSummary job)
    {
        var goesOn = job.ResumeAt is { } at ? $"goes on by itself at {Quantity.Instant(at)}" : "goes on by itself";
        return job.Reason is { } reason ? $"{reason.TrimEnd('.')}; the crawl {goesOn}." : $"It {goesOn}.";
    }

    private static Verdict UnderWay(JobSummary job, IReadOnlyList<Mend> mends)
    {
        var lost = Lost(mends);
        return lost == 0
            ? new Verdict("calm", "The crawl is under way, and nothing is broken so far.", "What is found shows up here as it comes.")
            : new Verdict("warn", $"The crawl is under way, with {Quantity.Of(lost, "broken page")} so far.", "What is found shows up here as it comes.");
    }

    private static Verdict Ended(JobSummary job, IReadOnlyList<Mend> mends, string read)
    {
        if (job.Done == 0)
        {
            return new Verdict("warn", "There was nothing to ask for.", "Everything was kept out by robots.txt or by this job's limits.");
        }
        if (Lost(mends) is > 0 and var lost)
        {
            return new Verdict("bad", $"{Quantity.Of(lost, "page")} cannot be reached.", $"{read}. Begin at the top of the list: what does most harm comes first.");
        }
        if (mends.FirstOrDefault(mend => mend.Harm == Harm.Hindered) is { } hindered)
        {
            return new Verdict("warn", "Nothing is broken, but something is in the way.", $"{read}. First of all: {Lower(hindered.Name)}, {Quantity.Number(hindered.Count)} of them.");
        }
        return mends.Count > 0
            ? new Verdict("good", "Everything can be reached.", $"{read}. What is left to do is polish.")
            : new Verdict("good", "All is well.", $"{read}. There is nothing to mend.");
    }

    private static long Lost(IReadOnlyList<Mend> mends) => mends.Where(mend => mend.Harm == Harm.Lost).Sum(mend => mend.Count);

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
