using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>A broken page of a job.</summary>
/// <param name="Rank">Its place among them, most linked first.</param>
/// <param name="Page">The page's number.</param>
/// <param name="Outcome">The HTTP status or what went wrong, in words.</param>
/// <param name="SourceCount">How many pages link to it.</param>
public sealed record BrokenRow(int Rank, long Page, string Url, string Outcome, int? Status, string? Error, int Depth, int Milliseconds, long SourceCount)
{
    public static BrokenRow Of(ReportPage broken) => new(
        broken.Rank, broken.Page.Value, ExportText.Clean(broken.Url.Text), ExportText.Clean(VisitWords.Outcome(broken.Status, broken.Error)),
        broken.Status is > 0 ? broken.Status : null, ExportText.CleanOrNull(broken.Error), broken.Depth, broken.Milliseconds, broken.SourceCount);
}

/// <summary>A page that links to a broken one.</summary>
/// <param name="Number">Its place among the sources of its target.</param>
/// <param name="Page">The page's URL.</param>
/// <param name="Anchor">The link's text; empty where it has none.</param>
public sealed record LinkRow(int Number, string Page, string Anchor)
{
    public static LinkRow Of(ReportSource source) => new(source.Number, ExportText.Clean(source.Page.Text), ExportText.Clean(source.Anchor));
}

/// <summary>A redirect, with the chain that follows from it.</summary>
/// <param name="Chain">Each step after the page itself; the last one is where it ends.</param>
public sealed record RedirectRow(int Rank, long Page, string Url, int? Status, IReadOnlyList<HopRow> Chain)
{
    public static RedirectRow Of(ReportPage redirect) => new(
        redirect.Rank, redirect.Page.Value, ExportText.Clean(redirect.Url.Text), redirect.Status is > 0 ? redirect.Status : null,
        [.. redirect.Chain.Select(HopRow.Of)]);
}

/// <param name="Class">Null when the job did not ask for it: another site, or kept out.</param>
/// <param name="Outcome">The HTTP status or what went wrong, in words; null when the job did not ask for it.</param>
public sealed record HopRow(string Url, string? Class, string? Outcome)
{
    public static HopRow Of(ReportHop hop) => new(
        ExportText.Clean(hop.Url.Text), hop.Class is { } @class ? ClassNames.Of(@class) : null, hop.Status is null ? null : VisitWords.Outcome(hop.Status, null));
}
