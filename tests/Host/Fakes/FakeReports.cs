using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Host.Specs.Fakes;

/// <summary>A report in memory, the same for every job.</summary>
internal sealed class FakeReports : IReportReads
{
    public List<SumView> Sums { get; } = [];
    public List<ReportPage> Broken { get; } = [];
    public List<(PageId Target, ReportSource Source)> Sources { get; } = [];
    public List<ReportPage> Redirects { get; } = [];
    public List<ReportPage> Slow { get; } = [];

    public static ReportPage Page(int rank, string url, StatusClass of, int? status, long sources = 0, params ReportHop[] chain) => new(
        rank, new PageId(rank + 1), PageUrl.FromStored(url), of, status, null, "Title " + rank, 1, 1_200, sources, chain, null);

    public static ReportHop Hop(string url, StatusClass? of, int? status) => new(PageUrl.FromStored(url), of, status);

    public void AddSum(SumKind kind, int key, long count) => Sums.Add(new SumView(kind, key, count));

    public void AddSource(long target, string page, string anchor) =>
        Sources.Add((new PageId(target), new ReportSource(Sources.Count(one => one.Target.Value == target), PageUrl.FromStored(page), anchor)));

    public IReadOnlyList<SumView> ReadSums(JobId job) => Sums;

    public IReadOnlyList<ReportPage> ReadBroken(JobId job, int limit, int? after) => Part(Broken, limit, after);

    public IReadOnlyList<ReportSource> ReadSources(JobId job, PageId target, int limit, int? after) =>
        [.. Sources.Where(one => one.Target == target).Select(one => one.Source).Where(source => source.Number > (after ?? -1)).Take(limit)];

    public IReadOnlyList<ReportPage> ReadRedirects(JobId job, int limit, int? after) => Part(Redirects, limit, after);

    public IReadOnlyList<ReportPage> ReadSlow(JobId job, int limit, int? after) => Part(Slow, limit, after);

    private static IReadOnlyList<ReportPage> Part(List<ReportPage> pages, int limit, int? after) => [.. pages.Where(page => page.Rank > (after ?? -1)).Take(limit)];
}
