using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>What a report tells, read from a job's visits: broken pages by page id, redirects by their first step.</summary>
public sealed class PagesAsReport(IPageReads pages) : IReportReads
{
    public IReadOnlyList<SumView> ReadSums(JobId job) => [];

    public IReadOnlyList<ReportPage> ReadBroken(JobId job, int limit, int? after) =>
        [.. pages.ReadBroken(job, limit, Key(after)).Select(broken => Row(broken.Visit, broken.SourceCount))];

    public IReadOnlyList<ReportSource> ReadSources(JobId job, PageId target, int limit, int? after) =>
        [.. pages.ReadBroken(job, 1, new PageId(target.Value - 1)).SelectMany(broken => broken.Sources)
            .Select((source, number) => new ReportSource(number, source.Page, source.Anchor)).Where(source => after is null || source.Number > after).Take(limit)];

    public IReadOnlyList<ReportPage> ReadRedirects(JobId job, int limit, int? after) =>
        [.. pages.ReadVisits(job, StatusClass.Redirected, limit, Key(after)).Select(visit => Row(visit, 0))];

    public IReadOnlyList<ReportPage> ReadSlow(JobId job, int limit, int? after) => [];

    private static PageId? Key(int? after) => after is { } page ? new PageId(page) : null;

    private static ReportPage Row(VisitView visit, long sources) => new(
        (int)visit.Page.Value, visit.Page, visit.Url, visit.Class, visit.Status, visit.Error, visit.Title, visit.Depth, visit.Milliseconds, sources,
        visit.RedirectTo is { } to ? [new ReportHop(to, null, null)] : [], null);
}
