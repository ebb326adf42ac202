using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App;

/// <summary>The reports of a store that keeps none.</summary>
internal sealed class EmptyReports : IReportReads
{
    public IReadOnlyList<SumView> ReadSums(JobId job) => [];
    public IReadOnlyList<ReportPage> ReadBroken(JobId job, int limit, int? after) => [];
    public IReadOnlyList<ReportSource> ReadSources(JobId job, PageId target, int limit, int? after) => [];
    public IReadOnlyList<ReportPage> ReadRedirects(JobId job, int limit, int? after) => [];
    public IReadOnlyList<ReportPage> ReadSlow(JobId job, int limit, int? after) => [];
}
