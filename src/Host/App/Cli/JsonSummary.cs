using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amble.App.Http;

namespace Amble.App.Cli;

/// <summary>
/// The summary of <c>--json</c>: one object of sums over the jobs, and in <c>jobs</c> the same fields for each. <c>job</c>,
/// <c>start</c> and <c>reason</c> of the sums are null where several jobs differ; <c>seconds</c> is from the first start of all to the
/// last end of all; <c>state</c> is the worst one. The figures of politeness are each job's worst domain, and null for jobs that have not ended.
/// </summary>
public static class JsonSummary
{
    private static readonly string[] FromBestToWorst = ["completed", "running", "finishing", "parked", "cancelled", "blocked", "failed"];

    public static JsonObject Of(IReadOnlyList<JobSummary> jobs)
    {
        var sums = Fields(Sum(jobs));
        if (jobs.Count != 1)
        {
            sums["job"] = null;
            sums["start"] = null;
        }
        sums["jobs"] = new JsonArray([.. jobs.Select(Fields)]);
        return sums;
    }

    /// <summary>All jobs as if they were one.</summary>
    public static JobSummary Sum(IReadOnlyList<JobSummary> jobs) => jobs[0] with
    {
        State = jobs.MaxBy(job => Array.IndexOf(FromBestToWorst, job.State))!.State,
        Reason = jobs.Select(job => job.Reason).Distinct().Take(2).ToList() is [var only] ? only : null,
        Pages = jobs.Sum(job => job.Pages),
        Pending = jobs.Sum(job => job.Pending),
        Ok = jobs.Sum(job => job.Ok),
        Broken = jobs.Sum(job => job.Broken),
        Refused = jobs.Sum(job => job.Refused),
        Unknown = jobs.Sum(job => job.Unknown),
        Redirected = jobs.Sum(job => job.Redirected),
        Excluded = jobs.Sum(job => job.Excluded),
        Requests = jobs.Sum(job => job.Requests),
        Retries = jobs.Sum(job => job.Retries),
        Throttled = jobs.Sum(job => job.Throttled),
        Bytes = jobs.Sum(job => job.Bytes),
        NotModified = jobs.Sum(job => job.NotModified),
        SavedBytes = jobs.Sum(job => job.SavedBytes),
        Warmed = jobs.Sum(job => job.Warmed),
        WarmedHits = jobs.Sum(job => job.WarmedHits),
        Politeness = Together([.. jobs.Select(job => job.Politeness).OfType<PolitenessAnswer>().Where(one => one.Told > 0)]),
        Seconds = jobs.Min(job => job.FirstRequestAt) is { } from && jobs.Max(job => job.LastRequestEndAt) is { } to && to > from ? Math.Round((to - from).TotalSeconds, 3) : 0,
    };

    private static JsonObject Fields(JobSummary job) => new()
    {
        ["job"] = job.Job,
        ["start"] = job.Start,
        ["state"] = job.State,
        ["reason"] = job.Reason,
        ["pages"] = job.Pages,
        ["ok"] = job.Ok,
        ["broken"] = job.Broken,
        ["refused"] = job.Refused,
        ["unknown"] = job.Unknown,
        ["redirected"] = job.Redirected,
        ["excluded"] = job.Excluded,
        ["requests"] = job.Requests,
        ["retries"] = job.Retries,
        ["throttled"] = job.Throttled,
        ["bytes"] = job.Bytes,
        ["notModified"] = job.NotModified,
        ["savedBytes"] = job.SavedBytes,
        ["warmed"] = job.Warmed,
        ["warmedHits"] = job.WarmedHits,
        ["seconds"] = job.Seconds,
        ["leastGapSeconds"] = job.Politeness?.LeastGapSeconds,
        ["mostInFlight"] = job.Politeness?.MostInFlight,
        ["busiestMinute"] = job.Politeness?.BusiestMinute,
        ["refusedShare"] = job.Politeness?.RefusedShare,
        ["secondsToQuiet"] = job.Politeness?.SecondsToQuiet,
        ["settledPerSecond"] = job.Politeness?.SettledPerSecond,
    };

    /// <summary>The worst of each figure. Of several jobs nothing is said of how they settled; null when none is told.</summary>
    private static PolitenessAnswer? Together(IReadOnlyList<PolitenessAnswer> jobs) => jobs is [] or [_] ? jobs.FirstOrDefault() : jobs[0] with
    {
        Says = "",
        Requests = jobs.Sum(job => job.Requests),
        Told = jobs.Sum(job => job.Told),
        LeastGapSeconds = jobs.Min(job => job.LeastGapSeconds),
        MostInFlight = jobs.Max(job => job.MostInFlight),
        BusiestMinute = jobs.Max(job => job.BusiestMinute),
        Refused = jobs.Sum(job => job.Refused),
        RefusedShare = Math.Round((double)jobs.Sum(job => job.Refused) / jobs.Sum(job => job.Told), 6),
        SecondsToQuiet = jobs.Max(job => job.SecondsToQuiet),
        SettledPerSecond = null,
        Domains = [],
    };
}
