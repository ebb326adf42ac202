namespace Amble.Behaviours.Crawl;

/// <summary>The constants of a domain's behaviour beyond its pace.</summary>
public sealed record CrawlSettings
{
    public PaceSettings Pace { get; init; } = new();
    public RetrySettings Retry { get; init; } = new();

    /// <summary>Due units kept in memory per domain; the store is read again when a quarter is left.</summary>
    public int Window { get; init; } = 256;

    /// <summary>
    /// Permits that an unpaced domain waits for at a time. More would let one large site stand before all others in the line, and open a
    /// connection for each of its pages at once.
    /// </summary>
    public int PermitsAtOnce { get; init; } = 4;

    /// <summary>A domain with nothing to ask for this long is put to sleep; the waker wakes it.</summary>
    public TimeSpan SleepBeyond { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After a read of the store failed, it is tried again this much later.</summary>
    public TimeSpan ReadAgain { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Links are handed to the writer in parts of at most this many.</summary>
    public int LinksPerPart { get; init; } = 500;

    /// <summary>Units kept out are closed in batches of at most this many.</summary>
    public int ClosePerBatch { get; init; } = 200;
}
