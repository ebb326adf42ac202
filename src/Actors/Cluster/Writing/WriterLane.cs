using Akka.Actor;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Amble.Wire.Framing;
using Amble.Wire.Link;

namespace Amble.Cluster.Writing;

/// <summary>
/// A node's way to the writer, wherever in the cluster it lives: commands go out numbered, in order and within a window, and are answered
/// after their commit, once. What does not fit the window waits here, counted; when too much waits nobody is given a permit (S-3).
/// </summary>
internal sealed class WriterLane(Local.IScheduler clock, LinkSession session, LinkSettings link, WriterQueueSettings room) : IWriterLane
{
    // Its characters as JSON and base64 stay below a wire message, whatever they are.
    private const int SurelyFits = 8 << 10;

    // The writer says how it is every second, to those who greeted it.
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _greetAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly WriterLinkClient _client = new(session, link, room);
    private readonly FrameCutter _cutter = new($"{session.Node} {session.Life}");
    private IActorRef _proxy = ActorRefs.Nobody;
    private IActorRef? _self;
    private bool _isWriterHere;
    private WriterProtocol.Condition? _condition;
    private DateTimeOffset _heardAt;
    private DateTimeOffset _greetedAt;

    /// <summary>Called when answers have made room.</summary>
    public Action? RoomMade { get; set; }

    /// <inheritdoc />
    public bool HasRoom
    {
        get { lock (_gate) return _client.HasRoom; }
    }

    public bool IsQuiet
    {
        get { lock (_gate) return _client.Count == 0; }
    }

    /// <summary>The writer was heard lately.</summary>
    public bool IsReached
    {
        get { lock (_gate) return _condition is not null && clock.Now - _heardAt < _silence; }
    }

    /// <summary>What the writer last said of itself; null before it said anything.</summary>
    public WriterProtocol.Condition? Condition
    {
        get { lock (_gate) return _condition; }
    }

    /// <summary>Commands of this node that are not answered yet.</summary>
    public int Waiting
    {
        get { lock (_gate) return _client.Count; }
    }

    /// <summary>From here on commands travel.</summary>
    /// <param name="proxy">Knows where the writer is.</param>
    /// <param name="self">Who is answered.</param>
    public void Connect(IActorRef proxy, IActorRef self)
    {
        lock (_gate) (_proxy, _self) = (proxy, self);
    }

    /// <inheritdoc />
    public bool Offer(WriterProtocol.ICommand command, Action<WriterProtocol.IReply> answer)
    {
        lock (_gate)
        {
            var taken = _client.Offer(command, answer, clock.Now, out var step);
            Send(step);
            return taken;
        }
    }

    /// <inheritdoc />
    public void Take(WriterProtocol.ICommand command, Action<WriterProtocol.IReply> answer)
    {
        lock (_gate) Send(_client.Take(command, answer, clock.Now));
    }

    /// <summary>The writer said something. Called by one thread at a time, so that answers stay in order.</summary>
    public void Hear(LinkProtocol.IFromWriter message, IActorRef writer)
    {
        ClientStep step;
        lock (_gate)
        {
            _isWriterHere = writer.Path.Address.HasLocalScope;
            _heardAt = clock.Now;
            step = _client.Hear(message, clock.Now);
            Send(step);
        }
        foreach (var (tag, reply) in step.Answers) ((Action<WriterProtocol.IReply>)tag)(reply);
        if (step.Answers.Count > 0) RoomMade?.Invoke();
    }

    public void Hear(WriterProtocol.Condition condition)
    {
        lock (_gate) (_condition, _heardAt) = (condition, clock.Now);
    }

    /// <summary>To be called several times a second: asks after what is not answered, and after a writer that is not heard.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            var now = clock.Now;
            Send(_client.Tick(now));
            if (now - _heardAt < _greetAgain || now - _greetedAt < _patience) return;
            _greetedAt = now;
            var moved = _client.WriterMoved(now);
            Send(moved);
            // A node that has sent nothing yet wants to know, all the same, that there is a writer.
            if (moved.Send.Count == 0) _proxy.Tell(new LinkProtocol.Hello(session, 1), _self);
        }
    }

    private void Send(ClientStep step)
    {
        foreach (var message in step.Send)
        {
            // What stays in the process is no wire message.
            if (_isWriterHere || message is not LinkProtocol.Carry carry || CommandSize.Bytes(carry.Command) < SurelyFits) _proxy.Tell(message, _self);
            else foreach (var part in _cutter.Cut(message)) _proxy.Tell(part, _self);
        }
    }
}
