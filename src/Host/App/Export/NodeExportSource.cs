using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>Reads from the store of this process; each slice is a read of its own.</summary>
public sealed class NodeExportSource(IPageReads pages, IReportReads reports) : IExportSource
{
    public Task<JobFindings> ReadFindingsAsync(JobId job, CancellationToken stop) => Task.FromResult(new JobFindings(
        [], [], [.. pages.ReadExcluded(job).Select(excluded => new Exclusion(VisitWords.Reason(excluded.Why), excluded.Count, excluded.Examples))],
        SitemapFindings.Of(pages.ReadSitemaps(job), pages.ReadJob(job)?.State >= JobState.Completed)));

    public Task<Slice<PageRow>> ReadPagesAsync(JobId job, StatusClass? only, int limit, long? after, CancellationToken stop)
    {
        var visits = pages.ReadVisits(job, only, limit, after is { } last ? new PageId(last) : null);
        return Give([.. visits.Select(visit => PageRow.Of(job, visit))], limit, row => row.Page, stop);
    }

    public Task<Slice<BrokenRow>> ReadBrokenAsync(JobId job, int limit, long? after, CancellationToken stop) =>
        Give([.. reports.ReadBroken(job, limit, Rank(after)).Select(BrokenRow.Of)], limit, row => row.Rank, stop);

    public Task<Slice<LinkRow>> ReadSourcesAsync(JobId job, long page, int limit, long? after, CancellationToken stop) =>
        Give([.. reports.ReadSources(job, new PageId(page), limit, Rank(after)).Select(LinkRow.Of)], limit, row => row.Number, stop);

    public Task<Slice<RedirectRow>> ReadRedirectsAsync(JobId job, int limit, long? after, CancellationToken stop) =>
        Give([.. reports.ReadRedirects(job, limit, Rank(after)).Select(RedirectRow.Of)], limit, row => row.Rank, stop);

    private static int? Rank(long? after) => after is { } last ? (int)Math.Min(last, int.MaxValue) : null;

    private static Task<Slice<T>> Give<T>(IReadOnlyList<T> rows, int limit, Func<T, long> key, CancellationToken stop) =>
        stop.IsCancellationRequested ? Task.FromCanceled<Slice<T>>(stop) : Task.FromResult(Slices.Of(rows, limit, key));
}
