using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>
/// One visited page of a job, as the API, JSON and CSV tell it under the same names. Texts of strangers are clean (see
/// <see cref="ExportText"/>).
/// </summary>
/// <param name="Page">The page's number, the same in every job.</param>
/// <param name="Class">ok, redirected, refused, broken or unknown.</param>
/// <param name="Status">HTTP status; null when there was no whole answer.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
/// <param name="Milliseconds">From the request's first byte to the answer's last, without our own waiting.</param>
/// <param name="Bytes">Of the body, as sent.</param>
/// <param name="H1">The text of its first h1.</param>
/// <param name="H1Count">How many h1 elements it has.</param>
/// <param name="Inlinks">Pages of the job that link to it; null until the job has ended.</param>
/// <param name="Cache">hit, miss, stale or bypass at the first visit; null when no cache said anything.</param>
/// <param name="WarmCache">The same at the second visit of a warm job; null where there was none.</param>
/// <param name="NotModified">The site answered 304.</param>
public sealed record PageRow(
    long Job, long Page, string Url, string Class, int? Status, string? Error, int Depth, int Milliseconds, long Bytes, string? ContentType,
    string? Title, string? Description, string? H1, int H1Count, int Words, string? Canonical, bool Noindex, bool Nofollow, string? RedirectTo,
    int? Inlinks, int Outlinks, string? Cache, string? WarmCache, int? WarmMilliseconds, bool NotModified, long SavedBytes, int Tries, DateTimeOffset StartedAt)
{
    /// <summary>The status or what went wrong, in one word or a few.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Outcome => VisitWords.Outcome(Status, Error);

    public static PageRow Of(JobId job, VisitView visit) => new(
        job.Value, visit.Page.Value, ExportText.Clean(visit.Url.Text), ClassNames.Of(visit.Class), visit.Status is > 0 ? visit.Status : null,
        ExportText.CleanOrNull(visit.Error) ?? Failure(visit.Status), visit.Depth, visit.Milliseconds, visit.Bytes, ExportText.CleanOrNull(visit.ContentType),
        ExportText.CleanOrNull(visit.Title), ExportText.CleanOrNull(visit.Description), ExportText.CleanOrNull(visit.Heading), visit.Headings, visit.Words,
        ExportText.CleanOrNull(visit.Canonical), visit.NoIndex, visit.NoFollow, ExportText.CleanOrNull(visit.RedirectTo?.Text), visit.Inlinks, visit.Outlinks,
        Said(visit.Cache), visit.Warm is { } warm ? Said(warm.Cache) : null, visit.Warm?.Milliseconds, visit.NotModified, visit.SavedBytes, visit.Tries,
        visit.StartedAt);

    private static string? Failure(int? status) => status < 0 ? VisitWords.Outcome(status, null) : null;

    private static string? Said(CacheStatus cache) => cache == CacheStatus.Unsaid ? null : cache.ToString().ToLowerInvariant();
}
