using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Intake;

/// <summary>The access log's way to the writer: each batch is a command, under the id that makes it come twice without harm.</summary>
/// <param name="left">What the node's former lives left behind; it travels with the first batch.</param>
public sealed class HitWriting(IWriterLane lane, HitSource source, Func<IReadOnlyList<HitsLeft>> left)
{
    public void Write(IntakeBatch<Hit> batch, Action<BatchOutcome> answer)
    {
        var command = new WriterProtocol.SaveHits(source, batch.Sequence, batch.Items, batch.Gaps, batch.Sequence == 1 ? left() : [], batch.IsLast);
        var taken = lane.Offer(command, reply => answer(reply switch
        {
            WriterProtocol.HitsSaved saved => new BatchOutcome.Stored(saved.Aside),
            WriterProtocol.Rejected rejected => new BatchOutcome.Refused(rejected.Reason),
            _ => throw new InvalidOperationException($"The writer answered a batch of hits with {reply.GetType().Name}."),
        }));
        if (!taken) answer(new BatchOutcome.Unavailable("The writer takes nothing more: too much waits to be stored."));
    }
}
