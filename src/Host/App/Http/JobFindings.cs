using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>What a job found that somebody should look at; each list is cut at the limit that was asked for, the sums are in the summary.</summary>
public sealed record JobFindings(IReadOnlyList<BrokenPage> Broken, IReadOnlyList<RefusedPage> Refused, IReadOnlyList<Exclusion> Excluded, SitemapFindings? Sitemaps = null)
{
    /// <summary>Most pages of one class in one answer.</summary>
    public const int MostPages = 1000;

    public static JobFindings Read(IPageReads reads, JobId job, int limit) => new(
        [.. reads.ReadBroken(job, limit, null).Select(BrokenPage.Of)],
        [.. reads.ReadVisits(job, StatusClass.Refused, limit, null).Select(visit => new RefusedPage(visit.Url.Text, VisitWords.Outcome(visit.Status, visit.Error)))],
        [.. reads.ReadExcluded(job).Select(excluded => new Exclusion(VisitWords.Reason(excluded.Why), excluded.Count, excluded.Examples))],
        SitemapFindings.Of(reads.ReadSitemaps(job), reads.ReadJob(job)?.State >= JobState.Completed));
}

/// <param name="Outcome">The HTTP status or what went wrong, in words.</param>
/// <param name="SourceCount">How many pages link to it; <paramref name="Sources"/> may be fewer.</param>
public sealed record BrokenPage(string Url, string Outcome, IReadOnlyList<Source> Sources, long SourceCount)
{
    public static BrokenPage Of(BrokenView broken) => new(
        broken.Visit.Url.Text, VisitWords.Outcome(broken.Visit.Status, broken.Visit.Error),
        [.. broken.Sources.Select(source => new Source(source.Page.Text, source.Anchor))], broken.SourceCount);
}

/// <param name="Anchor">The link's text; empty where it has none.</param>
public sealed record Source(string Page, string Anchor);

public sealed record RefusedPage(string Url, string Outcome);

public sealed record Exclusion(string Reason, long Count, IReadOnlyList<string> Examples);
