using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Host.Specs.Fakes;

/// <summary>A report in memory, the same for every job: what was put in here, and before that the broken pages of the node.</summary>
internal sealed class FakeReports(FakeNode node) : IReportReads
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

    public IReadOnlyList<ReportPage> ReadBroken(JobId job, int limit, int? after) => Part(Broken.Count > 0 ? Broken : [.. node.Broken.Select(Row)], limit, after);

    public IReadOnlyList<ReportSource> ReadSources(JobId job, PageId target, int limit, int? after) =>
        [.. (Broken.Count > 0 ? Sources.Where(one => one.Target == target).Select(one => one.Source) : OfNode(target)).Where(source => source.Number > (after ?? -1)).Take(limit)];

    public IReadOnlyList<ReportPage> ReadRedirects(JobId job, int limit, int? after) => Part(Redirects, limit, after);

    public IReadOnlyList<ReportPage> ReadSlow(JobId job, int limit, int? after) => Part(Slow, limit, after);

    // Every visit of a test is of page 1; here they are told apart by their place.
    private static ReportPage Row(BrokenView broken, int rank) => new(
        rank, new PageId(rank + 1), broken.Visit.Url, broken.Visit.Class, broken.Visit.Status, broken.Visit.Error, broken.Visit.Title, broken.Visit.Depth,
        broken.Visit.Milliseconds, broken.SourceCount, [], null);

    private IEnumerable<ReportSource> OfNode(PageId target) =>
        node.Broken.ElementAtOrDefault((int)target.Value - 1)?.Sources.Select((source, number) => new ReportSource(number, source.Page, source.Anchor)) ?? [];

    private static IReadOnlyList<ReportPage> Part(List<ReportPage> pages, int limit, int? after) => [.. pages.Where(page => page.Rank > (after ?? -1)).Take(limit)];
}
