namespace Amble.Messages;

/// <summary>running ⇄ parked; running → finishing → completed, blocked, failed or cancelled (DESIGN.md section 2).</summary>
public enum JobState { Running = 0, Parked = 1, Finishing = 2, Completed = 3, Blocked = 4, Failed = 5, Cancelled = 6 }

/// <summary>What a job may fetch. Null means unlimited; globs are matched against the whole URL or, when they begin with a slash, its path and query.</summary>
/// <param name="MaxPages">Pages accepted into the job, the start URL among them.</param>
/// <param name="MaxDepth">Links away from the start URL, which has depth 0.</param>
/// <param name="Include">A URL is taken only if one of these matches; empty takes all. The start URL is always taken.</param>
/// <param name="Exclude">A URL that matches one of these is not taken.</param>
public sealed record JobLimits(int? MaxPages, int? MaxDepth, IReadOnlyList<string> Include, IReadOnlyList<string> Exclude)
{
    public static JobLimits None { get; } = new(null, null, [], []);
}

/// <summary>What is asked for when a job is created.</summary>
/// <param name="Start">The start URL.</param>
/// <param name="Limits">What it may fetch.</param>
/// <param name="Concurrency">Most requests in flight, 1 to 1,000.</param>
/// <param name="Unpaced">No delay between requests; loopback and private addresses only. Neither reads nor writes the learned pace.</param>
/// <param name="Warm">Fetch a second time where the first answer was a cache miss.</param>
public sealed record NewJob(PageUrl Start, JobLimits Limits, int Concurrency, bool Unpaced, bool Warm);

/// <summary>A job as its domains know it.</summary>
public sealed record JobSpec(JobId Id, NewJob Asked)
{
    public PageUrl Start => Asked.Start;
}
