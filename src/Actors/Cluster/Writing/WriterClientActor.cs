using Akka.Actor;
using Amble.Messages;
using Amble.Wire.Framing;
using Amble.Wire.Link;

namespace Amble.Cluster.Writing;

/// <summary>Where a node hears the writer: hands what it says to the node's <see cref="WriterLane"/>.</summary>
internal sealed class WriterClientActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(200);

    private readonly WriterLane _lane;
    private readonly IActorRef _proxy;
    private readonly FrameJoin _frames = new();

    public WriterClientActor(WriterLane lane, IActorRef proxy)
    {
        _lane = lane;
        _proxy = proxy;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _lane.Connect(_proxy, Self);
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _tick);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LinkProtocol.IFromWriter said: _lane.Hear(said, Sender); break;
            case Frame frame when _frames.Add(frame) is LinkProtocol.IFromWriter whole: _lane.Hear(whole, Sender); break;
            case Frame: break;
            case WriterProtocol.Condition condition: _lane.Hear(condition); break;
            case Tick: _lane.Tick(); break;
            default: Unhandled(message); break;
        }
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }
}
