using System.Globalization;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>A job as the API, <c>--json</c> and the terminal tell it.</summary>
/// <param name="State">running, parked, finishing, completed, blocked, failed or cancelled.</param>
/// <param name="Pages">Pages accepted into the job.</param>
/// <param name="Pending">Units that are still open.</param>
/// <param name="Seconds">From the first request's start to the last one's end; 0 before there is one.</param>
/// <param name="Now">How the start URL's domain is doing; null while it sleeps.</param>
public sealed record JobSummary(
    long Job, string Start, string State, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset? FirstRequestAt, DateTimeOffset? LastRequestEndAt,
    DateTimeOffset? EndedAt, DateTimeOffset? ResumeAt, long Pages, long Pending, long Ok, long Broken, long Refused, long Unknown, long Redirected,
    long Excluded, long Requests, long Retries, long Throttled, long Bytes, double Seconds, JobNow? Now)
{
    public static JobSummary Of(JobView job, DomainProtocol.Status? now) => new(
        job.Job.Id.Value, job.Job.Start.Text, StateName(job.State), job.Reason, job.CreatedAt, job.FirstRequestAt, job.LastRequestEndAt,
        job.EndedAt, job.ResumeAt, job.Pages, job.Pending, job.Counts.Ok, job.Counts.Broken, job.Counts.Refused, job.Counts.Unknown, job.Counts.Redirected,
        job.Counts.Excluded, job.Counts.Requests, job.Counts.Retries, job.Counts.Throttled, job.Counts.Bytes, SecondsOf(job), now is null ? null : JobNow.Of(now, job.Job.Asked.Unpaced))
    {
        NotModified = job.Counts.NotModified,
        SavedBytes = job.Counts.SavedBytes,
        Warmed = job.Counts.Warmed,
        WarmedHits = job.Counts.WarmedHits,
    };

    /// <summary>Pages that had not changed since they were last visited, so that the site did not send them again.</summary>
    public long NotModified { get; init; }

    /// <summary>Bytes that were not sent again for that.</summary>
    public long SavedBytes { get; init; }

    /// <summary>Pages that a cache had not got, and that were visited a second time.</summary>
    public long Warmed { get; init; }

    /// <summary>Of these, pages that the cache had then.</summary>
    public long WarmedHits { get; init; }

    /// <summary>How politely it asked; null while that has not been read. The API has it at an address of its own.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public PolitenessAnswer? Politeness { get; init; }

    public static string StateName(JobState state) => state.ToString().ToLowerInvariant();

    /// <summary>Visits so far, whatever came of them.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Done => Ok + Broken + Refused + Unknown + Redirected;

    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasEnded => State is "completed" or "blocked" or "failed" or "cancelled";

    /// <summary>No page was read, and not because all of them lead elsewhere.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool ReadNothing => Ok == 0 && (Redirected == 0 || Refused + Unknown > 0);

    private static double SecondsOf(JobView job) =>
        job is { FirstRequestAt: { } first, LastRequestEndAt: { } last } && last > first ? Math.Round((last - first).TotalSeconds, 3) : 0;
}

/// <param name="Doing">One sentence: asking, or waiting until when and why.</param>
/// <param name="DelaySeconds">The pace in force: at least this from one request's start to the next one's; 0 for a job without a pace.</param>
public sealed record JobNow(string Doing, double DelaySeconds, int InFlight, DateTimeOffset? BlockedUntil, double? CrawlDelaySeconds)
{
    public static JobNow Of(DomainProtocol.Status status, bool unpaced) =>
        new(status.Doing, unpaced ? 0 : status.Delay.TotalSeconds, status.InFlight, status.BlockedUntil, status.CrawlDelay?.TotalSeconds);

    /// <summary>The pace in words, fit to stand in a sentence.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Pace => DelaySeconds <= 0 ? "without a pace"
        : string.Create(CultureInfo.InvariantCulture, $"one request every {DelaySeconds:0.##} s{(CrawlDelaySeconds >= DelaySeconds ? ", as robots.txt asks" : "")}");

    /// <summary>It asks and waits as it should; nothing holds it up.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool GoesWell => Doing is DomainProtocol.Status.Asking or DomainProtocol.Status.WaitingForPace;
}
