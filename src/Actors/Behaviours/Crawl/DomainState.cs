using System.Collections.Immutable;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

public enum DomainPhase { Asleep, Loading, Awake, DozingOff }

/// <summary>All that one domain's crawler knows. Immutable; changed only by <see cref="DomainBehaviour.Apply"/>.</summary>
public sealed record DomainState(DomainName Name)
{
    public DomainPhase Phase { get; init; }

    /// <summary>What the store has of the pace, and the last start; <see cref="Pace"/> is ahead of it until the next commit.</summary>
    public DomainMemory Memory { get; init; } = DomainMemory.Blank(Name);

    public Pace? Pace { get; init; }

    /// <summary>What the runtime's journal had when this life began, until the store's row is read; null where the row is the journal.</summary>
    public DomainMemory? Journal { get; init; }

    /// <summary>What each origin (scheme, host, port) said about robots.</summary>
    public ImmutableDictionary<string, RobotsKnown> Robots { get; init; } = ImmutableDictionary<string, RobotsKnown>.Empty;

    /// <summary>Robots files that are being asked for.</summary>
    public ImmutableDictionary<string, RobotsAsk> RobotsAsks { get; init; } = ImmutableDictionary<string, RobotsAsk>.Empty;

    public FrontierWindow Window { get; init; } = FrontierWindow.Empty;

    public ImmutableDictionary<JobId, JobSpec> Jobs { get; init; } = ImmutableDictionary<JobId, JobSpec>.Empty;

    /// <summary>Requests that have begun and whose outcome is not known yet.</summary>
    public ImmutableDictionary<long, InFlight> InFlight { get; init; } = ImmutableDictionary<long, InFlight>.Empty;

    /// <summary>Units from their request's start until the commit that settles them; with the instant they were deferred to, if they were.</summary>
    public ImmutableDictionary<UnitKey, DateTimeOffset?> InHand { get; init; } = ImmutableDictionary<UnitKey, DateTimeOffset?>.Empty;

    /// <summary>Units being closed without a request.</summary>
    public ImmutableHashSet<UnitKey> Closing { get; init; } = [];

    /// <summary>Permits asked for and not granted yet, by job.</summary>
    public ImmutableDictionary<JobId, int> PermitsAsked { get; init; } = ImmutableDictionary<JobId, int>.Empty;

    public long NextTicket { get; init; } = 1;

    /// <summary>A request that has begun but has not left yet; nothing else begins before it leaves or ends.</summary>
    public long? Departing { get; init; }

    /// <summary>A newborn that may have asked just before it died rests one whole delay (P-16+).</summary>
    public DateTimeOffset? RestUntil { get; init; }

    /// <summary>The chance in 0..1 that lengthens the next gap (P-18+), fixed when the last request began.</summary>
    public double Roll { get; init; }

    /// <summary>When the last request might have left at the earliest, as far as the one before it goes; null when there was none.</summary>
    public DateTimeOffset? SpacedUntil { get; init; }

    /// <summary>The last two URLs that were answered well, newest first; different from each other (P-13+).</summary>
    public ImmutableArray<LastGood> Good { get; init; } = [];

    /// <summary>How its pages were refused lately (P-14+).</summary>
    public Refusals Refusals { get; init; } = Refusals.None;

    /// <summary>Jobs already told that this domain gave up or parks.</summary>
    public ImmutableHashSet<JobId> Told { get; init; } = [];

    /// <summary>Of these, jobs that are to end: nothing more is asked for them.</summary>
    public ImmutableHashSet<JobId> Ending { get; init; } = [];

    /// <summary>Jobs that had all the pages that they may have, when last heard of.</summary>
    public ImmutableHashSet<JobId> Full { get; init; } = [];

    /// <summary>Since when a permit has been waited for; null when none is, or when one of several came.</summary>
    public DateTimeOffset? PermitAskedAt { get; init; }

    /// <summary>What it decided lately and why, for people; never stored.</summary>
    public Decisions Decisions { get; init; } = Decisions.None;

    /// <summary>Work came while the domain was dozing off.</summary>
    public bool Roused { get; init; }

    /// <summary>The longest Crawl-delay that any of its origins asks for: a floor (notes under P).</summary>
    public TimeSpan? CrawlDelay
    {
        get
        {
            TimeSpan? longest = null;
            foreach (var known in Robots.Values)
            {
                if (known.Rules.CrawlDelay is { } delay && (longest is null || delay > longest)) longest = delay;
            }
            return longest;
        }
    }

    /// <summary>The pace in force: the longer of its own delay and robots' Crawl-delay.</summary>
    public TimeSpan EffectiveDelay => Pace is null ? TimeSpan.Zero : CrawlDelay is { } floor && floor > Pace.Delay ? floor : Pace.Delay;
}

/// <param name="Rules">What the record says, read once.</param>
public sealed record RobotsKnown(RobotsRecord Record, RobotsRules Rules);

/// <summary>A robots.txt on its way: where to ask next and how often it was tried.</summary>
/// <param name="Try">Counts tries and says when the next is due; its key is no unit of the store.</param>
public sealed record RobotsAsk(string Origin, Unit Try, int Redirects, bool UnderWay);

/// <param name="Unit">Null for a robots.txt, and for a URL that is asked again.</param>
/// <param name="Origin">Of a robots.txt.</param>
/// <param name="Again">The URL that is asked again to learn whom the site refuses.</param>
public sealed record InFlight(long Ticket, JobSpec Job, Unit? Unit, string? Origin, RequestKind Kind, DateTimeOffset BegunAt, PageUrl? Again = null);
