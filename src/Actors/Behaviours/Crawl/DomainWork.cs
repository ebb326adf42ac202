using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>Work that a domain begins, and below it what comes back.</summary>
public static class DomainWork
{
    /// <summary>Comes back as <see cref="DomainLoaded"/>.</summary>
    public sealed record LoadDomain(DomainName Domain) : IWork;

    /// <summary>Comes back as <see cref="WindowLoaded"/>.</summary>
    public sealed record LoadWindow(DomainName Domain, int Limit) : IWork;

    /// <summary>Comes back as <see cref="PermitGranted"/> once the job has less in flight and in hand than it may.</summary>
    public sealed record AskPermit(JobId Job, int Concurrency) : IWork;

    /// <summary>The request ended; its unit is still in hand.</summary>
    public sealed record FlightEnded(JobId Job) : IWork;

    /// <summary>The unit is settled in the store, or the permit was not used.</summary>
    public sealed record HandEmptied(JobId Job) : IWork;

    /// <summary>Comes back as <see cref="Left"/> once the first byte is out (paced requests), then as <see cref="Fetched"/>.</summary>
    /// <param name="Sitemap">The unit whose URLs are stored in parts while it is read, each comes back as <see cref="WriterProtocol.LinksSaved"/>; null for all else.</param>
    /// <param name="Copy">The page whose stored copy is read first and goes with the request; null asks for all of it.</param>
    public sealed record Fetch(long Ticket, FetchRequest Request, bool TellLeaving, UnitKey? Sitemap = null, PageId? Copy = null) : IWork;

    /// <summary>Comes back as the command's reply, after its commit.</summary>
    public sealed record Write(WriterProtocol.ICommand Command) : IWork;

    /// <param name="Moved">Another owner may have asked until just before it was read.</param>
    public sealed record DomainLoaded(DomainRead Read, bool Moved = false);
    public sealed record WindowLoaded(WindowRead Read, int Limit);
    public sealed record PermitGranted(JobId Job);
    public sealed record Left(long Ticket, DateTimeOffset At);
    public sealed record Fetched(long Ticket, FetchOutcome Outcome);
}
