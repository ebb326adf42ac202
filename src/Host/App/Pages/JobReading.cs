using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>
/// All that a job's page shows. Nothing in it is read in proportion to the job: sums are counters, and each list is cut, with a page of
/// its own for the rest.
/// </summary>
/// <param name="Sources">The first pages that link to each of the broken ones.</param>
public sealed record JobReading(
    JobSummary Job, NewJob Asked, JobCounts Counts, JobSums Sums, IReadOnlyList<ReportPage> Broken, IReadOnlyDictionary<PageId, IReadOnlyList<ReportSource>> Sources,
    IReadOnlyList<ReportPage> Slow, IReadOnlyList<ReportPage> Redirects, IReadOnlyList<VisitView> Refused, IReadOnlyList<VisitView> Unknown,
    IReadOnlyList<ExcludedView> Excluded, SitemapFindings Sitemaps)
{
    /// <summary>Of this job's own page.</summary>
    public Views Views { get; init; }

    /// <summary>Rows of one list on the page.</summary>
    public const int Most = 10;

    /// <summary>Sources of one broken page in a list.</summary>
    public const int MostSources = 3;

    /// <summary>Redirects that are looked at for chains and loops.</summary>
    private const int MostRedirects = 1_000;

    /// <summary>There are redirects that were not looked at, so loops and chains are counted too low.</summary>
    public bool RedirectsAreCut => Counts.Redirected > Redirects.Count;

    public static JobReading Read(INode node, JobView job, DomainProtocol.Status? now)
    {
        var (reads, report, id) = (node.Reads, node.Reports, job.Job.Id);
        var broken = report.ReadBroken(id, Most, null);
        return new JobReading(
            JobSummary.Of(job, now), job.Job.Asked, job.Counts, new JobSums(report.ReadSums(id)), broken, ReadSources(report, id, broken),
            report.ReadSlow(id, Most, null), report.ReadRedirects(id, MostRedirects, null),
            reads.ReadVisits(id, StatusClass.Refused, Most, null), reads.ReadVisits(id, StatusClass.Unknown, Most, null),
            reads.ReadExcluded(id), SitemapFindings.Of(reads.ReadSitemaps(id), job.State >= JobState.Completed))
        {
            Views = node.Access.ReadViews($"/jobs/{id}"),
        };
    }

    public static IReadOnlyDictionary<PageId, IReadOnlyList<ReportSource>> ReadSources(IReportReads report, JobId job, IReadOnlyList<ReportPage> broken) =>
        broken.ToDictionary(page => page.Page, page => report.ReadSources(job, page.Page, MostSources, null));
}
