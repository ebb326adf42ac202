namespace Amble.Messages;

/// <summary>The outcome of one URL in one job.</summary>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>; null when it was never asked.</param>
/// <param name="Error">One sentence; null when there was none.</param>
/// <param name="Tries">Requests that were needed.</param>
public sealed record Visit(
    UnitKey Key, StatusClass Class, int? Status, DateTimeOffset StartedAt, int Milliseconds, long Bytes, string? ContentType,
    PageUrl? RedirectTo, string? Title, string? Canonical, bool NoIndex, bool NoFollow, string? Error, int Tries, VisitDetails? Details)
{
    public PageFacts Facts { get; init; }

    /// <summary>What a cache on the way said.</summary>
    public CacheStatus Cache { get; init; }

    /// <summary>With what the page may be asked for next time, as long as the details are there; null when it has to be asked for in full.</summary>
    public Validators? Validators { get; init; }

    /// <summary>A 304 answered it: what is known of the page is what was stored before.</summary>
    public bool NotModified { get; init; }

    /// <summary>Bytes that the 304 spared, as sent.</summary>
    public long SavedBytes { get; init; }
}

/// <summary>What the second visit of a warm job saw.</summary>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>.</param>
public sealed record WarmSeen(CacheStatus Cache, int Status, int Milliseconds);

/// <summary>The heavy columns of a visit; they expire first.</summary>
public sealed record VisitDetails(string Headers, Phases Phases, int OutlinkCount, byte[] Outlinks);
