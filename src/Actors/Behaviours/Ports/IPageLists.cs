using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>The pages of a job as lists for people: filtered, searched, sorted, in steps of a key, never of a row number.</summary>
public interface IPageLists
{
    /// <exception cref="ArgumentException">The query's <see cref="PageQuery.After"/> is no place in that order, see <see cref="PageCursor"/>.</exception>
    PageList ReadPages(JobId job, PageQuery query);

    /// <summary>Null when there is no such page.</summary>
    PageView? ReadPage(PageId page);

    /// <summary>What became of a page in the newest jobs that visited it, newest first, among the newest thousand jobs.</summary>
    IReadOnlyList<(JobId Job, VisitView Visit)> ReadVisitsOf(PageId page, int limit);

    /// <summary>The heavy part of a visit; null when there is none or it has expired.</summary>
    VisitDetails? ReadDetails(JobId job, PageId page);

    /// <summary>Where the job found a page first; null for its start, and for what only a sitemap lists.</summary>
    ReportSource? ReadFoundOn(JobId job, PageId page);

    /// <summary>Where a page is redirected to in a job, step by step, as far as the job asked; at most 11 steps, so that a loop ends.</summary>
    IReadOnlyList<ReportHop> ReadChain(JobId job, PageId page);
}

public enum PageSort { Found = 0, Slowest = 1, Largest = 2, Deepest = 3 }

/// <param name="Only">Null takes every class.</param>
/// <param name="Search">Part of the URL or title; null takes all.</param>
/// <param name="After">The <see cref="PageList.Next"/> of the list before; null begins.</param>
public sealed record PageQuery(StatusClass? Only, string? Search, PageSort Sort, int Limit, string? After)
{
    /// <summary>Only pages with that issue; these come as they were found, whatever the sort.</summary>
    public PageIssue? Issue { get; init; }
}

/// <param name="Next">Where to go on; null at the end. One read looks at so many pages and no more, so a list may be short or empty and still have a next one.</param>
public sealed record PageList(IReadOnlyList<VisitView> Visits, string? Next)
{
    /// <summary>The order that the list has: that which was asked for, except of a job that is too old to have any but the order of finding.</summary>
    public PageSort Sort { get; init; }
}

public sealed record PageView(PageId Page, PageUrl Url, string? Title);
