namespace Amble.Messages;

/// <summary>
/// All that may be said to the writer. Every command is answered after the commit that holds it, and may be sent again after an
/// unknown outcome: the second time changes nothing.
/// </summary>
public static class WriterProtocol
{
    /// <summary>Interactive goes before bulk, bulk before maintenance (S-2).</summary>
    public enum Priority { Interactive = 0, Bulk = 1, Maintenance = 2 }

    public interface ICommand { Priority Priority { get; } }
    public interface IReply;

    /// <summary>Stores the job, its start URL and its robots unit in one transaction. Answer: <see cref="JobCreated"/>.</summary>
    public sealed record CreateJob(NewJob Job, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Interactive; }

    /// <summary>Running, parked or finishing; a job that has ended stays as it is. Answer: <see cref="JobStateSet"/>.</summary>
    public sealed record SetJobState(JobId Job, JobState State, string? Reason, DateTimeOffset? ResumeAt, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Interactive; }

    /// <summary>Ends the job with its report; what is still open becomes unknown. Answer: <see cref="JobEnded"/>.</summary>
    public sealed record EndJob(JobId Job, JobState Outcome, string? Reason, IReadOnlyList<BrokenSource> BrokenSources, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Interactive; }

    /// <summary>Opens again what ended refused, broken or unknown; the job runs. Answer: <see cref="JobRetried"/>.</summary>
    public sealed record RetryJob(JobId Job, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Interactive; }

    /// <summary>One part (at most 500) of what a page links to, a sitemap lists, or of the sitemaps that a robots.txt names. Answer: <see cref="LinksSaved"/>.</summary>
    public sealed record SaveLinks(UnitKey Source, int Part, IReadOnlyList<FoundUrl> Found, IReadOnlyList<(PageUrl Url, ExclusionReason Why)> Excluded, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Ends a unit with its visit, and so reduces the job's pending count. Answer: <see cref="UnitClosed"/>.</summary>
    /// <param name="Request">Null when none was sent: the host cannot be reached at all.</param>
    /// <param name="Warm">The visit is stored and the unit stays open, due now, for a second visit that <see cref="CloseWarm"/> ends.</param>
    public sealed record CloseVisit(Visit Visit, RequestMade? Request, DomainMemory Memory, DateTimeOffset At, bool Warm = false) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Ends a unit that was open for its second visit; its first stays as it is. Answer: <see cref="UnitClosed"/>.</summary>
    /// <param name="Seen">Null when it was not asked a second time.</param>
    /// <param name="Request">Null when none was sent.</param>
    public sealed record CloseWarm(UnitKey Unit, WarmSeen? Seen, RequestMade? Request, DomainMemory Memory, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Ends units without a visit: kept out by robots or a limit, or a robots unit that needed no request. Answer: <see cref="UnitsClosed"/>.</summary>
    /// <param name="Why">Null when nothing was kept out.</param>
    public sealed record CloseUnits(JobId Job, IReadOnlyList<PageId> Pages, ExclusionReason? Why, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Ends a sitemap unit, after all its parts were stored by <see cref="SaveLinks"/>. Answer: <see cref="UnitClosed"/>.</summary>
    /// <param name="Request">Null when none was sent: the host cannot be reached at all.</param>
    public sealed record CloseSitemap(SitemapEnd Sitemap, RequestMade? Request, DomainMemory Memory, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>The unit stays open and is asked again at its due time. Answer: <see cref="UnitDeferred"/>.</summary>
    public sealed record DeferUnit(Unit Unit, RequestMade Request, DomainMemory Memory, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>What an origin's robots.txt said or, with a null record, that it was asked in vain so far. Answer: <see cref="RobotsSaved"/>.</summary>
    public sealed record SaveRobots(DomainName Domain, RobotsRecord? Robots, RequestMade? Request, DomainMemory Memory, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>What the domain must not forget, before it acts on it. Answer: <see cref="MemorySaved"/>.</summary>
    public sealed record SaveMemory(DomainMemory Memory, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <param name="Start">The domain to be woken.</param>
    public sealed record JobCreated(JobSpec Job, DomainName Start) : IReply;
    public sealed record JobStateSet(JobId Job, JobState State) : IReply;
    public sealed record JobEnded(JobId Job, JobState Outcome, IReadOnlyList<DomainName> Domains) : IReply;
    public sealed record JobRetried(JobId Job, long Pending, IReadOnlyList<DomainName> Domains) : IReply;

    /// <param name="Gained">Domains that have new work.</param>
    /// <param name="JobTakesNoMore">It has ended or has all the pages that it may have: reading on for it is in vain.</param>
    public sealed record LinksSaved(UnitKey Source, int Part, IReadOnlyList<DomainName> Gained, bool JobTakesNoMore = false) : IReply;

    /// <param name="Pending">Units of the job that are open now.</param>
    public sealed record UnitClosed(UnitKey Unit, long Pending) : IReply;
    public sealed record UnitsClosed(JobId Job, IReadOnlyList<PageId> Pages, long Pending) : IReply;
    public sealed record UnitDeferred(UnitKey Unit) : IReply;
    public sealed record RobotsSaved(DomainName Domain, string? Origin) : IReply;
    public sealed record MemorySaved(DomainName Domain) : IReply;

    /// <summary>This command alone could not be stored, and never will be; it was set aside and counted.</summary>
    public sealed record Rejected(ICommand Command, string Reason) : IReply;

    /// <summary>A page that links to something broken.</summary>
    public sealed record BrokenSource(PageId Target, PageId Source, string Anchor);
}
