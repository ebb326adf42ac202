using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Crawl;

/// <summary>The constants of a domain's behaviour beyond its pace.</summary>
public sealed record CrawlSettings
{
    public PaceSettings Pace { get; init; } = new();
    public RetrySettings Retry { get; init; } = new();

    public static CrawlSettings Default { get; } = new();

    /// <summary>Due units kept in memory per domain; the store is read again when a quarter is left. More: fewer reads, more memory.</summary>
    public int Window { get; init; } = 256;

    /// <summary>
    /// Permits that an unpaced domain waits for at a time. More would let one large site stand before all others in the line, and open a
    /// connection for each of its pages at once.
    /// </summary>
    public int PermitsAtOnce { get; init; } = 4;

    /// <summary>A domain with nothing to ask for this long is put to sleep; the waker wakes it. Longer: fewer reads, more idle domains in memory.</summary>
    public TimeSpan SleepBeyond { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After a read of the store failed, it is tried again this much later. Shorter: a store in trouble is asked more often.</summary>
    public TimeSpan ReadAgain { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Links are handed to the writer in parts of at most this many. Fewer: shorter turns of the writer, more of them.</summary>
    public int LinksPerPart { get; init; } = 500;

    /// <summary>Units kept out are closed in batches of at most this many. Fewer: shorter turns of the writer, more of them.</summary>
    public int ClosePerBatch { get; init; } = 200;

    /// <summary>Everything that is wrong with the constants that are neither of the pace nor of retries; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(CrawlSettings s)
    {
        var checks = new SettingChecks("Crawl");
        checks.Between(nameof(Window), s.Window, 4, 100_000);
        checks.Between(nameof(PermitsAtOnce), s.PermitsAtOnce, 1, 1_000);
        checks.Between(nameof(SleepBeyond), s.SleepBeyond, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        checks.Between(nameof(ReadAgain), s.ReadAgain, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        checks.Between(nameof(LinksPerPart), s.LinksPerPart, 1, 500);
        checks.Between(nameof(ClosePerBatch), s.ClosePerBatch, 1, 10_000);
        return checks.Problems;
    }
}
