using Amble.Behaviours.Writing;
using Amble.Messages;

namespace Amble.Wire.Link;

/// <summary>What follows on a node: what is to be sent to the writer, in this order, and who has an answer.</summary>
public readonly record struct ClientStep(IReadOnlyList<LinkProtocol.IToWriter> Send, IReadOnlyList<(object Tag, WriterProtocol.IReply Reply)> Answers);

/// <summary>
/// A node's side of the link to the writer, in words:
/// <para>Commands are numbered as they come and sent in that order, up to a window; the rest waits here, counted. A command is done when its
/// answer came, once, whichever incarnation of the writer gave it.</para>
/// <para>When no answer comes, or the writer is another one, the node says hello; the writer says the last number that it took, and the node
/// goes on from the oldest unanswered one after that, in order (go-back-N). So a unit's end never overtakes its links.</para>
/// <para>Every command reaches the store at least once, and may reach it twice: then it changes nothing there.</para>
/// Used under its owner's lock.
/// </summary>
public sealed class WriterLinkClient(LinkSession session, LinkSettings settings, WriterQueueSettings room)
{
    private readonly LinkedList<Waiting> _open = new();
    private readonly Dictionary<long, LinkedListNode<Waiting>> _byNumber = [];
    private readonly List<LinkProtocol.IToWriter> _send = [];
    private readonly List<(object, WriterProtocol.IReply)> _answers = [];
    private LinkedListNode<Waiting>? _next;
    private long _lastNumber;
    private long _sentBytes;
    private Guid? _writer;
    private bool _greeting;
    private DateTimeOffset _quietSince;

    /// <summary>Commands without an answer, those not yet sent among them.</summary>
    public int Count => _open.Count;

    /// <summary>Roughly the memory that they hold.</summary>
    public long Bytes { get; private set; }

    /// <summary>Commands sent to this writer and not answered.</summary>
    public int Sent { get; private set; }

    /// <summary>Commands turned away because there was no room.</summary>
    public long Refused { get; private set; }

    /// <summary>Commands sent more than once.</summary>
    public long SentAgain { get; private set; }

    /// <summary>Less than half of the room is taken: new credit may be given out.</summary>
    public bool HasRoom => Count < room.Entries / 2 && Bytes < room.Bytes / 2;

    /// <summary>When <see cref="Tick"/> has something to do; null while nothing is waited for.</summary>
    public DateTimeOffset? WakesAt => _greeting || Sent > 0 ? _quietSince + settings.AnswerWithin : null;

    /// <summary>False when there is no room: the command was not taken, and nothing will be answered. The eighth kept free is for interactive ones.</summary>
    public bool Offer(WriterProtocol.ICommand command, object tag, DateTimeOffset now, out ClientStep step)
    {
        var share = command.Priority == WriterProtocol.Priority.Interactive ? 0 : 8;
        var entries = share == 0 ? room.Entries : room.Entries - room.Entries / share;
        var bytes = share == 0 ? room.Bytes : room.Bytes - room.Bytes / share;
        if (Count > 0 && (Count >= entries || Bytes + CommandSize.Bytes(command) > bytes))
        {
            Refused++;
            step = Done();
            return false;
        }
        step = Take(command, tag, now);
        return true;
    }

    /// <summary>Takes a command of an entity in any case: what entities hand in is bounded by their permits, and its order must not break.</summary>
    /// <param name="tag">Comes back with the answer; the owner's way to the one who waits.</param>
    public ClientStep Take(WriterProtocol.ICommand command, object tag, DateTimeOffset now)
    {
        var node = _open.AddLast(new Waiting(++_lastNumber, command, tag, CommandSize.Bytes(command)));
        _byNumber.Add(_lastNumber, node);
        Bytes += node.Value.Bytes;
        _next ??= node;
        if (_writer is null && !_greeting) Greet(now);
        Fill(now);
        return Done();
    }

    /// <summary>The writer said something.</summary>
    public ClientStep Hear(LinkProtocol.IFromWriter message, DateTimeOffset now)
    {
        if (message.Session != session) return Done();
        switch (message)
        {
            case LinkProtocol.Answer answer: Answered(answer, now); break;
            case LinkProtocol.Resume { Last: { } last } when _greeting || message.Writer == _writer: Resume(message.Writer, last, now); break;
            // Every command under way to a writer that knows nothing of them is answered so: one hello is enough.
            case LinkProtocol.Resume { Last: null } when !_greeting: Greet(now); break;
        }
        return Done();
    }

    /// <summary>It is known that the writer has moved: no need to wait until no answer comes.</summary>
    public ClientStep WriterMoved(DateTimeOffset now)
    {
        if (_lastNumber > 0) Greet(now);
        return Done();
    }

    /// <summary>To be called at <see cref="WakesAt"/>; earlier it does nothing.</summary>
    public ClientStep Tick(DateTimeOffset now)
    {
        if (WakesAt <= now) Greet(now);
        return Done();
    }

    private long Oldest => _open.First?.Value.Number ?? _lastNumber + 1;

    private void Greet(DateTimeOffset now)
    {
        _greeting = true;
        _quietSince = now;
        _send.Add(new LinkProtocol.Hello(session, Oldest));
    }

    private void Answered(LinkProtocol.Answer answer, DateTimeOffset now)
    {
        if (!_byNumber.Remove(answer.Number, out var node)) return;
        _answers.Add((node.Value.Tag, answer.Reply));
        Bytes -= node.Value.Bytes;
        if (_next is null || node.Value.Number < _next.Value.Number)
        {
            Sent--;
            _sentBytes -= node.Value.Bytes;
        }
        if (node == _next) _next = node.Next;
        _open.Remove(node);
        _quietSince = now;
        Fill(now);
    }

    private void Resume(Guid writer, long last, DateTimeOffset now)
    {
        _writer = writer;
        _greeting = false;
        _quietSince = now;
        (Sent, _sentBytes) = (0, 0);
        for (_next = _open.First; _next is not null && _next.Value.Number <= last; _next = _next.Next)
        {
            Sent++;
            _sentBytes += _next.Value.Bytes;
        }
        Fill(now);
    }

    private void Fill(DateTimeOffset now)
    {
        if (_greeting || _writer is not { } writer) return;
        for (; _next is { Value: var waiting }; _next = _next.Next)
        {
            // The oldest goes in any case, or one that is larger than the window would never be stored.
            if (Sent > 0 && (waiting.Number - Oldest >= settings.Window || _sentBytes + waiting.Bytes > settings.WindowBytes)) return;
            if (Sent == 0) _quietSince = now;
            if (waiting.WasSent) SentAgain++;
            waiting.WasSent = true;
            Sent++;
            _sentBytes += waiting.Bytes;
            _send.Add(new LinkProtocol.Carry(session, writer, waiting.Number, _next.Previous?.Value.Number ?? 0, Oldest, waiting.Command));
        }
    }

    private ClientStep Done()
    {
        var step = new ClientStep([.. _send], [.. _answers]);
        _send.Clear();
        _answers.Clear();
        return step;
    }

    private sealed class Waiting(long number, WriterProtocol.ICommand command, object tag, long bytes)
    {
        public long Number => number;
        public WriterProtocol.ICommand Command => command;
        public object Tag => tag;
        public long Bytes => bytes;
        public bool WasSent { get; set; }
    }
}
