namespace Amble.Messages;

/// <summary>One request to be sent now; the pace has been waited for already.</summary>
public sealed record FetchRequest(PageUrl Url, RequestKind Kind, JobSpec Job, int Depth, int Hops)
{
    /// <summary>What is stored of the page: the site need not send it again if it has not changed. Null asks for all of it.</summary>
    public PageCopy? Copy { get; init; }

    /// <summary>It is of no unit, and only asked to learn whom the site refuses (P-14+): what the page says is not read.</summary>
    public bool IsCheck { get; init; }
}

/// <summary>Where the time of one request went; a phase that did not happen is zero.</summary>
public readonly record struct Phases(TimeSpan Dns, TimeSpan Connect, TimeSpan Tls, TimeSpan FirstByte, TimeSpan Transfer);

/// <summary>What came of one request.</summary>
/// <param name="StartedAt">When its first byte left us or, if none did, when the attempt began.</param>
/// <param name="Took">From then to the last byte; our own waiting is not in it.</param>
public abstract record FetchOutcome(DateTimeOffset StartedAt, TimeSpan Took, Phases Phases)
{
    /// <summary>The site answered, whatever it said.</summary>
    /// <param name="Bytes">Body bytes received, as sent (before decompression).</param>
    /// <param name="RedirectTo">Location of a 3xx, resolved; null when absent or not crawlable.</param>
    /// <param name="RetryAfter">The raw Retry-After field values, in order.</param>
    /// <param name="Date">The raw Date field value: the other side's clock.</param>
    /// <param name="Challenge">A bot challenge page was recognised; null when not, else the vendor.</param>
    public sealed record Answered(
        DateTimeOffset StartedAt, TimeSpan Took, Phases Phases,
        int Status, long Bytes, string? ContentType, PageUrl? RedirectTo, IReadOnlyList<string> RetryAfter, string? Date, string? Challenge,
        string Headers, PageContent? Content, RobotsBody? Robots, SitemapContent? Sitemap = null) : FetchOutcome(StartedAt, Took, Phases)
    {
        /// <summary>What a cache on the way said.</summary>
        public CacheStatus Cache { get; init; }

        /// <summary>With what the page may be asked for next time; null when it has to be asked for in full.</summary>
        public Validators? Validators { get; init; }

        /// <summary>The page has not changed since this copy, and its content is the copy's; null when the answer brought its own.</summary>
        public PageCopy? Unchanged { get; init; }
    }

    /// <summary>The site did not answer, or not to the end.</summary>
    /// <param name="Detail">One sentence for people.</param>
    public sealed record Failed(DateTimeOffset StartedAt, TimeSpan Took, Phases Phases, FetchFailure Failure, string Detail)
        : FetchOutcome(StartedAt, Took, Phases);

    /// <summary>Nothing was sent: when it was to leave, whoever wanted it might not ask any more.</summary>
    public sealed record NotSent(DateTimeOffset StartedAt) : FetchOutcome(StartedAt, TimeSpan.Zero, default);
}

/// <summary>Why there was no whole answer.</summary>
public enum FetchFailure
{
    /// <summary>Connect, headers or body did not come within the deadline.</summary>
    Timeout = 1,
    /// <summary>The connection was cut before the answer was whole.</summary>
    ConnectionCut = 2,
    /// <summary>Nobody listens there.</summary>
    ConnectionRefused = 3,
    /// <summary>The name does not exist.</summary>
    NoSuchHost = 4,
    /// <summary>The certificate or the handshake was not acceptable.</summary>
    Tls = 5,
    /// <summary>The address is private and --allow-private was not given, or public and the job has no pace; no request was sent.</summary>
    AddressNotAllowed = 6,
    /// <summary>The body, its decompressed size or its headers went over a cap.</summary>
    TooLarge = 7,
    /// <summary>What came was not HTTP, or its encoding was broken.</summary>
    BadAnswer = 8,
}

/// <summary>What was read on a page; absent where the content can hold no links.</summary>
/// <param name="Title">Data, never markup; at most 300 characters.</param>
/// <param name="Found">What the job's scope takes in, each URL once; empty when a nofollow applies.</param>
/// <param name="Excluded">What the job's limits keep out, with the rule.</param>
/// <param name="Outlinks">All links with anchor texts, packed (the heavy column of the visit's details).</param>
public sealed record PageContent(
    string? Title, string? Canonical, bool NoIndex, bool NoFollow, IReadOnlyList<FoundUrl> Found, IReadOnlyList<(PageUrl Url, ExclusionReason Why)> Excluded,
    int OutlinkCount, byte[] Outlinks)
{
    public PageFacts Facts { get; init; }
}

/// <summary>The first 500 KiB of a robots.txt, decoded.</summary>
public sealed record RobotsBody(string Text);

/// <summary>One thing sent, stored with its visit's commit; politeness is computed from these (P-20+).</summary>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>.</param>
public sealed record RequestMade(JobId Job, PageId? Page, RequestKind Kind, DateTimeOffset StartedAt, int Milliseconds, int Status);
