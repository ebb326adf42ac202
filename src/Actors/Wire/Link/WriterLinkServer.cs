using Amble.Behaviours.Writing;
using Amble.Messages;

namespace Amble.Wire.Link;

/// <summary>A command for the writer's intake; the two numbers come back with its answer.</summary>
public sealed record LinkTaken(LinkSession Session, long Number, WriterProtocol.ICommand Command);

/// <summary>What follows at the writer: at most one command for its intake, and what is to be sent back, in this order.</summary>
public readonly record struct ServerStep(LinkTaken? Taken, IReadOnlyList<LinkProtocol.IFromWriter> Send)
{
    internal static ServerStep Nothing { get; } = new(null, []);
}

/// <summary>
/// The writer's side of the links of all nodes, for one incarnation of the writer, in words:
/// <para>Of each node's life the last number taken is known. A command is taken when nothing unanswered between is missing; what is missing
/// is told once, until something is taken. A command that comes again is not taken again: if it is committed, its answer is given again.
/// Answers are remembered until the node says that it has them.</para>
/// <para>A node that is not known says hello first; another incarnation of the writer, or this one after a long silence, takes what is
/// unanswered again: the store finds it there and changes nothing.</para>
/// <para>A node has at most its window here, taken and remembered together.</para>
/// Used under its owner's lock.
/// </summary>
/// <param name="writer">This incarnation; none before and none after has the same.</param>
public sealed class WriterLinkServer(Guid writer, LinkSettings settings)
{
    private readonly Dictionary<LinkSession, Side> _sides = [];

    /// <summary>Lives of nodes that are known.</summary>
    public int Nodes => _sides.Count;

    /// <summary>Commands taken and not committed, of all nodes.</summary>
    public int Waiting => _sides.Values.Sum(side => side.Open.Count);

    /// <summary>Answers kept, in case they were lost, of all nodes.</summary>
    public int Remembered => _sides.Values.Sum(side => side.Answers.Count);

    /// <summary>Commands not taken because the node had more than its window here.</summary>
    public long Refused { get; private set; }

    /// <summary>A node said something.</summary>
    public ServerStep Hear(LinkProtocol.IToWriter message, DateTimeOffset now) => message switch
    {
        LinkProtocol.Hello hello => Greeted(hello, now),
        LinkProtocol.Carry carry => Carried(carry, now),
        _ => throw new ArgumentException($"The writer does not understand {message.GetType().Name}.", nameof(message)),
    };

    /// <summary>The command is committed, or set aside: the answer to be sent; null when nobody waits for it any more.</summary>
    public LinkProtocol.Answer? Committed(LinkSession session, long number, WriterProtocol.IReply reply)
    {
        if (!_sides.TryGetValue(session, out var side) || !side.Open.Remove(number, out var bytes)) return null;
        side.Bytes -= bytes;
        side.Answers[number] = reply;
        return new LinkProtocol.Answer(session, writer, number, reply);
    }

    /// <summary>This node has left or died: what it sent may still be committed, but nobody waits for it.</summary>
    public void Gone(string node) => Forget(session => session.Node == node);

    /// <summary>Forgets nodes that were silent for too long. To be called now and then.</summary>
    public void Tick(DateTimeOffset now) => Forget(session => now - _sides[session].HeardAt > settings.Silence);

    private ServerStep Greeted(LinkProtocol.Hello hello, DateTimeOffset now)
    {
        if (!_sides.TryGetValue(hello.Session, out var side))
        {
            Forget(session => session.Node == hello.Session.Node);
            _sides[hello.Session] = side = new Side();
        }
        side.Hear(hello.Oldest, now);
        side.GapTold = false;
        return new ServerStep(null,
        [
            .. side.Answers.Select(answer => new LinkProtocol.Answer(hello.Session, writer, answer.Key, answer.Value)),
            new LinkProtocol.Resume(hello.Session, writer, side.Last),
        ]);
    }

    private ServerStep Carried(LinkProtocol.Carry carry, DateTimeOffset now)
    {
        if (carry.Writer != writer || !_sides.TryGetValue(carry.Session, out var side)) return Sent(new LinkProtocol.Resume(carry.Session, writer, null));
        side.Hear(carry.Oldest, now);
        if (carry.Number <= side.Last)
        {
            return side.Answers.TryGetValue(carry.Number, out var reply) ? Sent(new LinkProtocol.Answer(carry.Session, writer, carry.Number, reply)) : ServerStep.Nothing;
        }
        if (carry.After > side.Last)
        {
            if (side.GapTold) return ServerStep.Nothing;
            side.GapTold = true;
            return Sent(new LinkProtocol.Resume(carry.Session, writer, side.Last));
        }
        var bytes = CommandSize.Bytes(carry.Command);
        if (side.Open.Count + side.Answers.Count >= settings.Window || side.Open.Count > 0 && side.Bytes + bytes > settings.WindowBytes)
        {
            Refused++;
            return ServerStep.Nothing;
        }
        side.Take(carry.Number, bytes);
        return new ServerStep(new LinkTaken(carry.Session, carry.Number, carry.Command), []);
    }

    private static ServerStep Sent(LinkProtocol.IFromWriter message) => new(null, [message]);

    private void Forget(Func<LinkSession, bool> which)
    {
        foreach (var session in _sides.Keys.Where(which).ToList()) _sides.Remove(session);
    }

    /// <summary>What is known of one life of one node.</summary>
    private sealed class Side
    {
        public long Last { get; private set; }
        public bool GapTold { get; set; }
        public DateTimeOffset HeardAt { get; private set; }
        public long Bytes { get; set; }

        /// <summary>Taken and not committed, with their size.</summary>
        public Dictionary<long, long> Open { get; } = [];

        /// <summary>Committed, and the node may not know it.</summary>
        public SortedDictionary<long, WriterProtocol.IReply> Answers { get; } = [];

        public void Hear(long oldest, DateTimeOffset now)
        {
            HeardAt = now;
            foreach (var known in Answers.Keys.TakeWhile(number => number < oldest).ToList()) Answers.Remove(known);
            // Whatever is older is answered, by whichever incarnation: it is not waited for.
            if (oldest - 1 > Last) Last = oldest - 1;
        }

        public void Take(long number, long bytes)
        {
            Last = number;
            GapTold = false;
            Bytes += bytes;
            Open[number] = bytes;
        }
    }
}
