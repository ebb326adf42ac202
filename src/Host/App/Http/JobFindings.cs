using Amble.Messages;

namespace Amble.App.Http;

/// <summary>What a job found that somebody should look at; each list is cut at the limit that was asked for, the sums are in the summary.</summary>
public sealed record JobFindings(IReadOnlyList<BrokenPage> Broken, IReadOnlyList<RefusedPage> Refused, IReadOnlyList<Exclusion> Excluded, SitemapFindings? Sitemaps = null)
{
    /// <summary>Most pages of one class in one answer.</summary>
    public const int MostPages = 1000;

    /// <summary>Most pages that are told to link to a broken one.</summary>
    private const int MostSources = 100;

    public static JobFindings Read(INode node, JobId job, int limit) => new(
        [.. node.Reports.ReadBroken(job, limit, null).Select(broken => BrokenPage.Of(broken, node.Reports.ReadSources(job, broken.Page, MostSources, null)))],
        [.. node.Reads.ReadVisits(job, StatusClass.Refused, limit, null).Select(visit => new RefusedPage(visit.Url.Text, VisitWords.Outcome(visit.Status, visit.Error)))],
        [.. node.Reads.ReadExcluded(job).Select(excluded => new Exclusion(VisitWords.Reason(excluded.Why), excluded.Count, excluded.Examples))],
        SitemapFindings.Of(node.Reads.ReadSitemaps(job), node.Reads.ReadJob(job)?.State >= JobState.Completed));
}

/// <param name="Outcome">The HTTP status or what went wrong, in words.</param>
/// <param name="SourceCount">How many pages link to it; <paramref name="Sources"/> may be fewer.</param>
public sealed record BrokenPage(string Url, string Outcome, IReadOnlyList<Source> Sources, long SourceCount)
{
    public static BrokenPage Of(ReportPage broken, IReadOnlyList<ReportSource> sources) => new(
        broken.Url.Text, VisitWords.Outcome(broken.Status, broken.Error), [.. sources.Select(source => new Source(source.Page.Text, source.Anchor))], broken.SourceCount);
}

/// <param name="Anchor">The link's text; empty where it has none.</param>
public sealed record Source(string Page, string Anchor);

public sealed record RefusedPage(string Url, string Outcome);

public sealed record Exclusion(string Reason, long Count, IReadOnlyList<string> Examples);
