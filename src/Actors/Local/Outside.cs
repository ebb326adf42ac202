using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local;

/// <summary>What the entities of one process reach outside themselves, whatever drives them.</summary>
/// <param name="Stopping">Cancelled when the process gives up what is under way.</param>
/// <param name="OnFault">Told of what threw, and whom it met: a bug, contained.</param>
/// <param name="JobAnswered">Told what the writer answered a job.</param>
public sealed record Outside(
    IScheduler Scheduler, IReadStore Reads, IWeb Web, IWriterLane Writer, Permits Permits, Action<string, Exception> OnFault,
    Action<WriterProtocol.IReply> JobAnswered, CancellationToken Stopping)
{
    /// <summary>Who may ask a domain; where one process is all there is, it may.</summary>
    public IOwnership Ownership { get; init; } = SoleOwnership.Instance;

    /// <summary>What draws at a job's end; nothing where cards are off.</summary>
    public ICards Cards { get; init; } = NoCards.Instance;
}
