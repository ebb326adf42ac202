using Amble.Messages;

namespace Amble.Local;

/// <summary>The way to the writer, wherever it lives. Commands of one lane reach it in order; every answer follows its commit.</summary>
public interface IWriterLane
{
    /// <summary>False while so much waits that nothing new should be begun.</summary>
    bool HasRoom { get; }

    /// <summary>False when too much waits: the command was not taken, and nothing will be answered.</summary>
    bool Offer(WriterProtocol.ICommand command, Action<WriterProtocol.IReply> answer);

    /// <summary>Takes a command of an entity in any case: what entities hand in is bounded by their permits, and its order must not break.</summary>
    void Take(WriterProtocol.ICommand command, Action<WriterProtocol.IReply> answer);
}
