namespace Amble.Messages;

/// <summary>The lists of a job's report.</summary>
public enum ReportList { Broken = 0, Redirected = 1, Slow = 2 }

/// <summary>One row of a report.</summary>
/// <param name="Rank">Its place in its list, from 0.</param>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>.</param>
/// <param name="SourceCount">Pages that link to it; to a broken one, those among them that link to what is redirected to it.</param>
/// <param name="Chain">Of a redirect: each step after the page itself, the last one where it ends.</param>
/// <param name="Phases">Of a slow page: where the time went.</param>
public sealed record ReportPage(
    int Rank, PageId Page, PageUrl Url, StatusClass Class, int? Status, string? Error, string? Title, int Depth, int Milliseconds, long SourceCount,
    IReadOnlyList<ReportHop> Chain, Phases? Phases);

/// <param name="Class">Null when the job did not ask for it: another site, or kept out.</param>
public sealed record ReportHop(PageUrl Url, StatusClass? Class, int? Status);

/// <param name="Number">Its place among the sources of its target, from 0.</param>
public sealed record ReportSource(int Number, PageUrl Page, string Anchor);

/// <summary>What a report is stored by: at most <see cref="MostRows"/> rows and about <see cref="MostBytes"/> bytes, of whatever kind.</summary>
/// <param name="Inlinks">For pages of the job: how many of its pages link to them.</param>
/// <param name="Politeness">How domains were asked, each with its rank from 0; null when the part tells of none.</param>
public sealed record ReportPart(
    IReadOnlyList<(PageId Page, int Count)> Inlinks, IReadOnlyList<(ReportList List, ReportPage Page)> Pages, IReadOnlyList<(PageId Target, ReportSource Source)> Sources,
    IReadOnlyList<(int Rank, DomainPoliteness Of)>? Politeness = null)
{
    public const int MostRows = 500;

    /// <summary>A wire message is 64 KiB at most (DESIGN.md section 5).</summary>
    public const int MostBytes = 48 << 10;

    public int Rows => Inlinks.Count + Pages.Count + Sources.Count + (Politeness?.Count ?? 0);
}
