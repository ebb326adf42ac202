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
    }
}
