using Amble.Messages;

namespace Amble.Wire.Link;

/// <summary>All that is said between a node and the writer (S-1, S-3): numbered commands one way, answers the other.</summary>
public static class LinkProtocol
{
    public interface IToWriter { LinkSession Session { get; } }

    /// <summary>Every answer names the writer's incarnation: another one knows nothing of what was sent before.</summary>
    public interface IFromWriter { LinkSession Session { get; } Guid Writer { get; } }

    /// <summary>Where are you? Sent at the beginning, to a new writer, and when no answer comes. Answer: every answer still remembered, then <see cref="Resume"/>.</summary>
    /// <param name="Oldest">The oldest number without an answer; all before it are answered.</param>
    public sealed record Hello(LinkSession Session, long Oldest) : IToWriter;

    /// <summary>One command. Answer: <see cref="Answer"/>, after the commit that holds it; <see cref="Resume"/> when something before it is missing.</summary>
    /// <param name="Writer">Whom it is for; another incarnation does not take it.</param>
    /// <param name="Number">From 1, in the node's order.</param>
    /// <param name="After">The unanswered number that comes before it; 0 when there is none.</param>
    /// <param name="Oldest">The oldest number without an answer; all before it are answered.</param>
    public sealed record Carry(LinkSession Session, Guid Writer, long Number, long After, long Oldest, WriterProtocol.ICommand Command) : IToWriter;

    public sealed record Answer(LinkSession Session, Guid Writer, long Number, WriterProtocol.IReply Reply) : IFromWriter;

    /// <summary>Go on after this number, whatever was sent already.</summary>
    /// <param name="Last">The last number that was taken; null when the session is not known: say hello first.</param>
    public sealed record Resume(LinkSession Session, Guid Writer, long? Last) : IFromWriter;
}

/// <summary>One life of one node's side of the link.</summary>
/// <param name="Node">Its address; a new life of the same node ends the one before.</param>
public sealed record LinkSession(string Node, Guid Life);
