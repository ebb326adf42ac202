namespace Amble.Messages;

/// <summary>All that may be said to a domain's crawler, and its answers.</summary>
public static class DomainProtocol
{
    public interface ICommand { DomainName Domain { get; } }
    public interface IQuery { DomainName Domain { get; } }
    public interface IReply;

    /// <summary>There may be work in the store. Harmless when there is none.</summary>
    public sealed record Wake(DomainName Domain) : ICommand;

    /// <summary>The job ends: forget its units, begin nothing more for it.</summary>
    public sealed record DropJob(DomainName Domain, JobId Job) : ICommand;

    /// <summary>How are you? Answered from memory.</summary>
    public sealed record GetStatus(DomainName Domain) : IQuery;

    /// <summary>All that is known of you in memory? Answered from memory (S-8).</summary>
    public sealed record GetDetails(DomainName Domain) : IQuery;

    /// <summary>Where does this unit stand with you? Answered from memory.</summary>
    public sealed record GetStanding(DomainName Domain, UnitKey Unit) : IQuery;

    /// <param name="Doing">One sentence: asking, waiting until when and why, or asleep.</param>
    /// <param name="Delay">The pace that is in force, robots' Crawl-delay included.</param>
    public sealed record Status(
        DomainName Domain, string Doing, TimeSpan Delay, int Slots, int InFlight, int Saving, int Ready, DateTimeOffset? NextStartAt, DateTimeOffset? BlockedUntil,
        string? BlockReason, TimeSpan? CrawlDelay) : IReply
    {
        /// <summary><see cref="Doing"/> while a request is in flight: all goes well.</summary>
        public const string Asking = "asking";

        /// <summary><see cref="Doing"/> of a domain with nothing to do.</summary>
        public const string Asleep = "asleep";

        /// <summary><see cref="Doing"/> between two requests: all goes well.</summary>
        public const string WaitingForPace = "waiting for its pace";

        /// <summary><see cref="Doing"/> of a domain whose row is being read; its pace is not known yet.</summary>
        public const string WakingUp = "waking up";

        public bool IsAsleep => Doing == Asleep;
    }

    /// <param name="Learned">Its own delay, without robots' Crawl-delay.</param>
    /// <param name="Held">The delay to come back to; null when none has stood its time.</param>
    /// <param name="Refused">The delay at which the site last refused; null when none is known.</param>
    /// <param name="Streak">Good answers in a row.</param>
    /// <param name="RestUntil">A newborn rests until then.</param>
    /// <param name="BarrenSince">Since when it was asked and never answered well.</param>
    /// <param name="NextDue">When the first unit that is not due yet will be, as far as is known.</param>
    /// <param name="MoreInStore">The store may hold more that is due.</param>
    /// <param name="Next">Up to <see cref="MostNext"/> units that are due, first to be asked first.</param>
    /// <param name="Decisions">The last ones with their reasons, oldest first.</param>
    public sealed record Details(
        Status Status, TimeSpan Learned, TimeSpan? Held, TimeSpan? Refused, int Streak, DateTimeOffset? RestUntil, DateTimeOffset? LastStartAt,
        DateTimeOffset? LastGoodAt, DateTimeOffset? BarrenSince, DateTimeOffset? NextDue, bool MoreInStore, IReadOnlyList<RobotsSeen> Robots,
        IReadOnlyList<NextUnit> Next, IReadOnlyList<DecisionMade> Decisions) : IReply
    {
        public const int MostNext = 10;

        /// <summary>Origins of which it tells.</summary>
        public const int MostOrigins = 10;
    }

    /// <summary>What an origin said about robots, without its text.</summary>
    public sealed record RobotsSeen(string Origin, int Status, bool Reachable, DateTimeOffset FetchedAt, DateTimeOffset ExpiresAt);

    public sealed record NextUnit(JobId Job, UnitKind Kind, PageUrl Url, DateTimeOffset DueAt);

    /// <summary>Where a unit is, as its domain sees it.</summary>
    public enum UnitPlace
    {
        /// <summary>Not in memory: not due yet, or behind what is.</summary>
        Elsewhere = 0,

        /// <summary>Due, and next after <see cref="Standing.Before"/> others.</summary>
        Ready = 1,

        /// <summary>Its request is under way.</summary>
        InFlight = 2,

        /// <summary>Its outcome is being stored.</summary>
        Saving = 3,
    }

    /// <param name="Before">Units that come before it, when it is ready.</param>
    /// <param name="RestUntil">A newborn rests until then.</param>
    /// <param name="ReadsRobots">Its origin's robots.txt is being asked for, and comes first.</param>
    /// <param name="WaitsForPermit">Its job has all in flight or in hand that it may have.</param>
    public sealed record Standing(Status Status, UnitPlace Place, int Before, DateTimeOffset? RestUntil, bool ReadsRobots, bool WaitsForPermit) : IReply;
}
