using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>The pages of a job as lists for people: filtered, searched, sorted, in steps of a key, never of a row number.</summary>
public interface IPageLists
{
    PageList ReadPages(JobId job, PageQuery query);

    /// <summary>Null when there is no such page.</summary>
    PageView? ReadPage(PageId page);

    /// <summary>What became of a page in the newest jobs that visited it, newest first.</summary>
    IReadOnlyList<(JobId Job, VisitView Visit)> ReadVisitsOf(PageId page, int limit);

    /// <summary>The heavy part of a visit; null when there is none or it has expired.</summary>
    VisitDetails? ReadDetails(JobId job, PageId page);
}

public enum PageSort { Found = 0, Slowest = 1, Largest = 2, Deepest = 3 }

/// <param name="Only">Null takes every class.</param>
/// <param name="Search">Part of the URL or title; null takes all.</param>
/// <param name="After">The <see cref="PageList.Next"/> of the list before; null begins.</param>
public sealed record PageQuery(StatusClass? Only, string? Search, PageSort Sort, int Limit, string? After);

/// <param name="Next">Where to go on; null at the end. With a search, a list may be short or empty and still have a next one.</param>
public sealed record PageList(IReadOnlyList<VisitView> Visits, string? Next);

public sealed record PageView(PageId Page, PageUrl Url, string? Title);
