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

    /// <summary>Running or parked; a job that is finishing or has ended stays as it is. Answer: <see cref="JobStateSet"/>.</summary>
    public sealed record SetJobState(JobId Job, JobState State, string? Reason, DateTimeOffset? ResumeAt, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Interactive; }

    /// <summary>
    /// Begins a job's end: it takes nothing more, its units are given out no more, and how it ends is known whatever dies. What was stored
    /// first stands. Answer: <see cref="EndBegun"/>, or <see cref="JobEnded"/> when it has ended.
    /// </summary>
    public sealed record BeginEnd(JobId Job, JobState Outcome, string? Reason, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Interactive; }

    /// <summary>Ends open units of a finishing job as unknown; one that has a visit already ends with that. Answer: <see cref="UnitsEnded"/>.</summary>
    /// <param name="Pages">At most <see cref="MostEnded"/>.</param>
    public sealed record EndUnits(JobId Job, IReadOnlyList<PageId> Pages, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Stores one part of a finishing job's report. Answer: <see cref="ReportSaved"/>.</summary>
    public sealed record SaveReport(JobId Job, ReportPart Part) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Ends a job whose units have ended and whose report is stored. Answer: <see cref="JobEnded"/>, or <see cref="EndBegun"/> when units are open.</summary>
    public sealed record EndJob(JobId Job, JobState Outcome, string? Reason, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Interactive; }

    /// <summary>
    /// Opens again units that ended refused, broken or unknown. From the first of these commands to <see cref="EndRetry"/> the job's units
    /// are not given out. Answer: <see cref="UnitsReopened"/>.
    /// </summary>
    /// <param name="Pages">At most <see cref="MostReopened"/>.</param>
    public sealed record ReopenUnits(JobId Job, IReadOnlyList<PageId> Pages, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Takes away rows (at most 500) of the report of a job that is being opened again. Answer: <see cref="ReportDropped"/>.</summary>
    public sealed record DropReport(JobId Job) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>The job that was opened again runs; one that was not stays as it is. Answer: <see cref="JobRetried"/>.</summary>
    public sealed record EndRetry(JobId Job, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Interactive; }

    /// <summary>Each is five rows: a visit with its places in three orders, and a unit.</summary>
    public const int MostEnded = 100;

    /// <summary>Each is six rows: a visit with its places in three orders, its details and a unit.</summary>
    public const int MostReopened = 80;

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

    /// <summary>
    /// What an origin's robots.txt said; with a null record only that there was a request of no unit: it was asked in vain so far, or a page
    /// was asked again to learn whom the site refuses (P-14+). Answer: <see cref="RobotsSaved"/>.
    /// </summary>
    public sealed record SaveRobots(DomainName Domain, RobotsRecord? Robots, RequestMade? Request, DomainMemory Memory, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>What the domain must not forget, before it acts on it. Answer: <see cref="MemorySaved"/>.</summary>
    public sealed record SaveMemory(DomainMemory Memory, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>
    /// Stores one batch of the access log. A batch's id is source and sequence: one whose sequence is not beyond the source's last is there
    /// already. The first of a source tells of what an earlier life of its node left behind. Answer: <see cref="HitsSaved"/>.
    /// </summary>
    /// <param name="Hits">May be none: the first and the last batch come in any case.</param>
    /// <param name="Gaps">What was lost since the batch before.</param>
    /// <param name="Left">Of the node's lives before, as they noted it.</param>
    /// <param name="IsLast">The source ends in order: nothing is missing after it.</param>
    public sealed record SaveHits(HitSource Source, long Sequence, IReadOnlyList<Hit> Hits, IReadOnlyList<HitGap> Gaps, IReadOnlyList<HitsLeft> Left, bool IsLast) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Stores a card's picture, named by nothing yet; one that is there stays. Answer: <see cref="CardSaved"/>.</summary>
    /// <param name="Hash">32 hexadecimal digits.</param>
    /// <param name="Png">At most <see cref="MostCardBytes"/>.</param>
    public sealed record SaveCard(string Hash, byte[] Png, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Stores which things have which cards. One whose picture is not there changes nothing. Answer: <see cref="CardsNamed"/>.</summary>
    /// <param name="Marks">At most <see cref="MostMarks"/>.</param>
    public sealed record NameCards(IReadOnlyList<CardMark> Marks, DateTimeOffset At) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>How many pages of a job still have no card: it is come back to. Answer: <see cref="CardsLeftSet"/>.</summary>
    public sealed record SetCardsLeft(JobId Job, long Left) : ICommand { public Priority Priority => Priority.Bulk; }

    /// <summary>Takes away pictures, at most <see cref="MostDropped"/>, that nothing has named since before that instant. Answer: <see cref="CardsDropped"/>.</summary>
    public sealed record DropCards(DateTimeOffset Before) : ICommand { public Priority Priority => Priority.Maintenance; }

    /// <summary>A larger picture is no card. What travels is cut into frames below a wire message.</summary>
    public const int MostCardBytes = 1 << 20;

    /// <summary>Each is up to four rows.</summary>
    public const int MostMarks = 64;

    /// <summary>Each is a row with its picture.</summary>
    public const int MostDropped = 20;

    /// <param name="Start">The domain to be woken.</param>
    public sealed record JobCreated(JobSpec Job, DomainName Start) : IReply;
    public sealed record JobStateSet(JobId Job, JobState State) : IReply;

    /// <param name="Outcome">How it will end.</param>
    /// <param name="Pending">Units that must end before it can.</param>
    public sealed record EndBegun(JobId Job, JobState Outcome, string? Reason, long Pending) : IReply;
    public sealed record UnitsEnded(JobId Job, long Pending) : IReply;
    public sealed record ReportSaved(JobId Job) : IReply;
    public sealed record JobEnded(JobId Job, JobState Outcome) : IReply;
    public sealed record UnitsReopened(JobId Job, long Pending) : IReply;
    public sealed record ReportDropped(JobId Job, bool HasMore) : IReply;

    /// <param name="Pending">Null when there is no such job.</param>
    /// <param name="State">Running when anything was opened; else what it was.</param>
    public sealed record JobRetried(JobId Job, long? Pending, JobState State) : IReply;

    /// <param name="Gained">Domains that have new work.</param>
    /// <param name="JobTakesNoMore">It has ended or has all the pages that it may have: reading on for it is in vain.</param>
    public sealed record LinksSaved(UnitKey Source, int Part, IReadOnlyList<DomainName> Gained, bool JobTakesNoMore = false) : IReply;

    /// <param name="Pending">Units of the job that are open now.</param>
    public sealed record UnitClosed(UnitKey Unit, long Pending) : IReply;
    public sealed record UnitsClosed(JobId Job, IReadOnlyList<PageId> Pages, long Pending) : IReply;
    public sealed record UnitDeferred(UnitKey Unit) : IReply;
    public sealed record RobotsSaved(DomainName Domain, string? Origin) : IReply;
    public sealed record MemorySaved(DomainName Domain) : IReply;

    /// <param name="Aside">Hits of the batch that alone could not be stored; a gap tells of them.</param>
    public sealed record HitsSaved(Guid Life, long Sequence, int Aside) : IReply;
    public sealed record CardSaved(string Hash) : IReply;

    public sealed record CardsNamed(int Count) : IReply;
    public sealed record CardsLeftSet(JobId Job) : IReply;
    public sealed record CardsDropped(int Count, bool HasMore) : IReply;

    /// <summary>This command alone could not be stored, and never will be; it was set aside and counted.</summary>
    public sealed record Rejected(ICommand Command, string Reason) : IReply;

    /// <summary>How the writer is; told to every node once a second, unasked.</summary>
    /// <param name="Waiting">Commands in its intake.</param>
    /// <param name="Oldest">How long the oldest of them has waited.</param>
    /// <param name="Turns">Write turns so far.</param>
    /// <param name="Rejected">Commands that were set aside because they alone could not be stored.</param>
    /// <param name="StoreTrouble">What the store last said when it did not take a turn; null while it takes them.</param>
    public sealed record Condition(int Waiting, TimeSpan Oldest, long Turns, TimeSpan LongestTurn, long Rejected, string? StoreTrouble, bool DiskFull);
}
