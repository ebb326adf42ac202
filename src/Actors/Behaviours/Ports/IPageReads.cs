using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>What people read: jobs, visits, what was kept out. Every answer is a committed state.</summary>
public interface IPageReads
{
    /// <summary>Newest first; <paramref name="before"/> is the last id of the page before; <paramref name="site"/> keeps the jobs that start on one domain (<see cref="DomainName"/>).</summary>
    IReadOnlyList<JobView> ReadJobs(int limit, JobId? before, string? site);

    JobView? ReadJob(JobId job);

    /// <summary>The newest unfinished (running, parked, finishing) job of this start URL.</summary>
    JobView? ReadUnfinished(PageUrl start);

    /// <summary>Visits of a job by page id, optionally of one class.</summary>
    IReadOnlyList<VisitView> ReadVisits(JobId job, StatusClass? only, int limit, PageId? after);

    /// <summary>What was kept out, by reason, with up to ten examples each.</summary>
    IReadOnlyList<ExcludedView> ReadExcluded(JobId job);

    /// <summary>The job's sitemap files, in the order in which they were found; one that was only guessed at and is not there is none.</summary>
    IReadOnlyList<SitemapView> ReadSitemaps(JobId job);

    DomainRead ReadDomain(DomainName domain);
}

/// <param name="Pages">Pages accepted into the job.</param>
/// <param name="Pending">Units that are open.</param>
/// <param name="FirstRequestAt">Null before the first request.</param>
public sealed record JobView(
    JobSpec Job, JobState State, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset? FirstRequestAt, DateTimeOffset? LastRequestEndAt,
    DateTimeOffset? EndedAt, DateTimeOffset? ResumeAt, long Pages, long Pending, JobCounts Counts);

/// <summary>Sums over a job's visits and requests; equal to counting the tables at any commit.</summary>
/// <param name="Excluded">URLs kept out by robots or a limit.</param>
/// <param name="Retries">Requests for a unit beyond its first.</param>
/// <param name="Throttled">Answers 429 and 503.</param>
public sealed record JobCounts(
    long Ok, long Redirected, long Refused, long Broken, long Unknown, long Excluded, long Requests, long Retries, long Throttled, long Bytes)
{
    public long Visits => Ok + Redirected + Refused + Broken + Unknown;

    /// <summary>Visits that a 304 answered.</summary>
    public long NotModified { get; init; }

    /// <summary>Bytes that they spared.</summary>
    public long SavedBytes { get; init; }

    /// <summary>Pages that a cache had not at the first visit, and that were asked for a second time.</summary>
    public long Warmed { get; init; }

    /// <summary>Of these, pages that the cache had at the second visit.</summary>
    public long WarmedHits { get; init; }
}

public sealed record VisitView(
    PageId Page, PageUrl Url, StatusClass Class, int? Status, DateTimeOffset StartedAt, int Milliseconds, long Bytes, string? ContentType, string? Title,
    PageUrl? RedirectTo, string? Error, int Depth, int Tries)
{
    /// <summary>The URL that the page names as its own, resolved; null when it names none.</summary>
    public string? Canonical { get; init; }

    /// <summary>By meta element or X-Robots-Tag.</summary>
    public bool NoIndex { get; init; }

    /// <summary>By meta element or X-Robots-Tag; its links were recorded and not followed.</summary>
    public bool NoFollow { get; init; }

    /// <summary>By meta element.</summary>
    public string? Description { get; init; }

    /// <summary>The text of its first h1.</summary>
    public string? Heading { get; init; }

    /// <summary>How many h1 elements it has.</summary>
    public int Headings { get; init; }

    /// <summary>Words of its visible text.</summary>
    public int Words { get; init; }

    /// <summary>URLs that it links to.</summary>
    public int Outlinks { get; init; }

    /// <summary>Pages of the job that link to it; null until the job has ended.</summary>
    public int? Inlinks { get; init; }

    /// <summary>What a cache said at the first visit.</summary>
    public CacheStatus Cache { get; init; }

    /// <summary>The second visit of a warm job; null where there was none.</summary>
    public WarmView? Warm { get; init; }

    /// <summary>The site answered 304: what is known of the page is what it said before.</summary>
    public bool NotModified { get; init; }

    /// <summary>Bytes that a 304 spared, as sent.</summary>
    public long SavedBytes { get; init; }
}

/// <summary>What the second visit of a warm job saw.</summary>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>.</param>
public sealed record WarmView(CacheStatus Cache, int Status, int Milliseconds);

public sealed record ExcludedView(ExclusionReason Why, long Count, IReadOnlyList<string> Examples);

/// <param name="IsOpen">It is still to be read.</param>
/// <param name="Why">It was kept out; null when it was not.</param>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>; null when it was not asked.</param>
public sealed record SitemapView(PageUrl Url, bool IsOpen, ExclusionReason? Why, int? Status, SitemapContent Content);
