using Akka.Actor;
using Akka.TestKit.Xunit2;
using Amble.Actors.Specs.Local;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Cluster.Writing;
using Amble.Local;
using Amble.Messages;
using Amble.Wire.Link;
using Xunit;

namespace Amble.Cluster.Specs;

/// <summary>The writer and the way to it, on real actors.</summary>
public sealed class WriterSpecs : TestKit
{
    private static readonly LinkSettings _impatient = LinkSettings.Default with { AnswerWithin = TimeSpan.FromMilliseconds(100) };

    private readonly PoolScheduler _scheduler = new(TimeProvider.System);
    private readonly ScriptedStore _script = new();
    private readonly LockedStore _store;
    private int _opened;
    private int _closed;

    public WriterSpecs() => _store = new LockedStore(_script);

    [Theory, Trait("Seeds", "S-1")]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Every_command_is_answered_once_whatever_is_lost(int of)
    {
        var writer = Sys.ActorOf(Props.Create(() => new WriterActor(Around(() => _store))));
        var lane = Lane(Sys.ActorOf(Props.Create(() => new LossyRelay(writer, of))));
        var answers = new List<long>();
        var all = new TaskCompletionSource();
        for (var i = 1; i <= 40; i++)
        {
            lane.Take(new WriterProtocol.SetJobState(new JobId(i), JobState.Running, null, null, _scheduler.Now), reply =>
            {
                answers.Add(((WriterProtocol.JobStateSet)reply).Job.Value);
                if (answers.Count == 40) all.SetResult();
            });
        }
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), answers.Order());
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), Stored().Distinct());
        Assert.True(lane.IsQuiet);
    }

    [Fact, Trait("Seeds", "S-5")]
    public async Task A_writer_that_is_fenced_closes_its_hand_and_says_why()
    {
        var writer = Sys.ActorOf(Props.Create(() => new WriterActor(Around(() => new FencedStore()))));
        var lane = Lane(writer);
        lane.Take(new WriterProtocol.SetJobState(new JobId(1), JobState.Running, null, null, _scheduler.Now), _ => { });
        await AwaitConditionAsync(() => Task.FromResult(Volatile.Read(ref _closed) == 1), TimeSpan.FromSeconds(20));
        await AwaitConditionAsync(() => Task.FromResult(lane.Condition?.StoreTrouble == "Another writes."), TimeSpan.FromSeconds(20));
        Assert.Equal(1, Volatile.Read(ref _opened));
    }

    [Fact, Trait("Seeds", "S-1")]
    public void A_writer_that_moves_stores_what_it_has_and_then_closes_its_hand()
    {
        var writer = Sys.ActorOf(Props.Create(() => new WriterActor(Around(() => _store))));
        Watch(writer);
        writer.Tell(CloseWriter.Instance);
        ExpectTerminated(writer, TimeSpan.FromSeconds(20));
        Assert.Equal(Volatile.Read(ref _opened), Volatile.Read(ref _closed));
    }

    private IReadOnlyList<long> Stored() => _store.Look(s => s.Commands.OfType<WriterProtocol.SetJobState>().Select(c => c.Job.Value).ToList());

    private WriterLane Lane(IActorRef proxy)
    {
        var lane = new WriterLane(_scheduler, new LinkSession("node", Guid.NewGuid()), _impatient, WriterQueueSettings.Default);
        Sys.ActorOf(Props.Create(() => new WriterClientActor(lane, proxy)));
        return lane;
    }

    private WriterSurroundings Around(Func<IWriteStore> open) => new(
        _scheduler,
        () =>
        {
            Interlocked.Increment(ref _opened);
            return new OpenedStore(open(), new Held(() => Interlocked.Increment(ref _closed)));
        },
        WriterQueueSettings.Default, _impatient, Guid.NewGuid, "here");

    private sealed class Held(Action close) : IDisposable
    {
        public void Dispose() => close();
    }

    private sealed class FencedStore : IWriteStore
    {
        public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands) =>
            throw new StoreUnavailableException("Another writes.", full: false) { IsFenced = true };
    }
}
