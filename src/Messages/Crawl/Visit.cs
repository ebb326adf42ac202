namespace Amble.Messages;

/// <summary>The outcome of one URL in one job.</summary>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>; null when it was never asked.</param>
/// <param name="Error">One sentence; null when there was none.</param>
/// <param name="Tries">Requests that were needed.</param>
public sealed record Visit(
    UnitKey Key, StatusClass Class, int? Status, DateTimeOffset StartedAt, int Milliseconds, long Bytes, string? ContentType,
    PageUrl? RedirectTo, string? Title, string? Canonical, bool NoIndex, bool NoFollow, string? Error, int Tries, VisitDetails? Details);

/// <summary>The heavy columns of a visit; they expire first.</summary>
public sealed record VisitDetails(string Headers, Phases Phases, int OutlinkCount, byte[] Outlinks);
