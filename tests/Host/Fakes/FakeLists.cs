using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Host.Specs.Fakes;

/// <summary>Lists over the visits of a fake node, in the order in which the test gives them.</summary>
internal sealed class FakeLists(FakeNode node) : IPageLists
{
    /// <summary>The job is too old to be sorted.</summary>
    public bool IsOld { get; set; }

    public Dictionary<PageId, VisitDetails> Details { get; } = [];
    public Dictionary<PageId, ReportSource> FoundOn { get; } = [];
    public Dictionary<PageId, IReadOnlyList<ReportHop>> Chains { get; } = [];

    public PageList ReadPages(JobId job, PageQuery query)
    {
        var sort = IsOld ? PageSort.Found : query.Sort;
        PageCursor cursor = default;
        if (query.After is { } after && !PageCursor.TryParse(after, sort, out cursor)) throw new ArgumentException("No such place.", nameof(query));
        var visits = node.Visits
            .Where(visit => (query.Only is null || visit.Class == query.Only) && (query.Search is not { } search || visit.Url.Text.Contains(search, StringComparison.Ordinal)))
            .Skip((int)cursor.Value).ToList();
        var next = visits.Count > query.Limit ? new PageCursor(sort, cursor.Value + query.Limit, visits[query.Limit - 1].Page).ToString() : null;
        return new PageList([.. visits.Take(query.Limit)], next) { Sort = sort };
    }

    public PageView? ReadPage(PageId page) => node.Visits.Find(visit => visit.Page == page) is { } found ? new PageView(page, found.Url, found.Title) : null;

    public IReadOnlyList<(JobId Job, VisitView Visit)> ReadVisitsOf(PageId page, int limit) =>
        [.. node.Visits.Where(visit => visit.Page == page).Take(limit).Select((visit, at) => (new JobId(at + 1), visit))];

    public VisitDetails? ReadDetails(JobId job, PageId page) => Details.GetValueOrDefault(page);

    public ReportSource? ReadFoundOn(JobId job, PageId page) => FoundOn.GetValueOrDefault(page);

    public IReadOnlyList<ReportHop> ReadChain(JobId job, PageId page) => Chains.GetValueOrDefault(page, []);
}
