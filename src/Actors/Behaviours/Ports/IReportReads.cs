using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>
/// What a job tells beyond its list of pages, also after its visits have expired: kept by value, until the job is deleted. Of a job that
/// is under way it tells what can be known so far.
/// </summary>
public interface IReportReads
{
    /// <summary>How many of the job's visits there are of each kind; exact at any commit, and never counted by a scan.</summary>
    IReadOnlyList<SumView> ReadSums(JobId job);

    /// <summary>
    /// Broken pages, most linked first once the job has ended, the first 200,000 that were found at most; <paramref name="after"/> is the
    /// last rank of the page before.
    /// </summary>
    IReadOnlyList<ReportPage> ReadBroken(JobId job, int limit, int? after);

    /// <summary>
    /// Pages that link to a broken one, in the order in which they were found; at most 10,000 of one target and 200,000 of a job are kept
    /// (see SourcesRule), and the target's <see cref="ReportPage.SourceCount"/> is exact beyond that. <paramref name="after"/> is the last
    /// number of the page before.
    /// </summary>
    IReadOnlyList<ReportSource> ReadSources(JobId job, PageId target, int limit, int? after);

    /// <summary>Redirected pages in the order in which they were found, each with the chain that follows from it; 5,000 at most.</summary>
    IReadOnlyList<ReportPage> ReadRedirects(JobId job, int limit, int? after);

    /// <summary>The pages that were ok and took longest, slowest first, with their phases; 500 at most.</summary>
    IReadOnlyList<ReportPage> ReadSlow(JobId job, int limit, int? after);
}

/// <summary>What visits are counted by.</summary>
public enum SumKind
{
    /// <summary>Key: depth times 8 plus the <see cref="StatusClass"/>; depths over 50 count as 50.</summary>
    ClassByDepth = 0,

    /// <summary>Key: HTTP status, or minus the <see cref="FetchFailure"/>; 0 where nothing was asked.</summary>
    Status = 1,

    /// <summary>Key: the bucket of the response time of pages that were ok, see TimeBuckets.</summary>
    ResponseTime = 2,

    /// <summary>Key: <see cref="CacheStatus"/> at the first visit of pages that were ok.</summary>
    Cache = 3,

    /// <summary>Key: <see cref="PageIssue"/>; a page may have several.</summary>
    Issue = 4,
}

/// <summary>What may be wrong with a page that was answered well.</summary>
public enum PageIssue
{
    NoTitle = 1,
    NoDescription = 2,
    NoHeading = 3,
    SeveralHeadings = 4,
    NoIndex = 5,

    /// <summary>Its canonical URL is another page.</summary>
    CanonicalElsewhere = 6,

    /// <summary>It took over a second.</summary>
    Slow = 7,

    /// <summary>Fewer than 50 words.</summary>
    FewWords = 8,

    LongTitle = 9,
}

public sealed record SumView(SumKind Kind, int Key, long Count);
