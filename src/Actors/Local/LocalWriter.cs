using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// The only hand that changes the store: one turn at a time, replies after the commit. A store that does not take a turn is asked again,
/// 100 ms doubling to 5 s, with the same commands in the same order; meanwhile the permits run out and the crawl stands still. One that has
/// another writer is not asked again.
/// </summary>
public sealed class LocalWriter(IScheduler scheduler, IWriteStore store, WriterQueueSettings settings, TurnMeter? meter = null) : IWriterLane
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly WriterQueue _queue = new(settings);
    private bool _running;
    private bool _closed;
    private StoreUnavailableException? _trouble;
    private long _turns;
    private long _rejected;
    private TimeSpan _longestTurn;

    /// <summary>Called when a turn has made room.</summary>
    public Action? RoomMade { get; set; }

    /// <inheritdoc />
    public bool HasRoom
    {
        get { lock (_gate) return _queue.HasRoom; }
    }

    public bool IsQuiet
    {
        get { lock (_gate) return !_running && _queue.Count == 0; }
    }

    /// <summary>False when the intake is full: the command was not taken, and nothing will be answered.</summary>
    public bool Offer(WriterProtocol.ICommand command, Action<WriterProtocol.IReply> answer)
    {
        lock (_gate)
        {
            if (_closed || _trouble is { IsFenced: true } || !_queue.TryAdd(command, answer, scheduler.Now)) return false;
            if (_running) return true;
            _running = true;
        }
        scheduler.RunBlocking(Turn);
        return true;
    }

    /// <inheritdoc />
    public void Take(WriterProtocol.ICommand command, Action<WriterProtocol.IReply> answer)
    {
        lock (_gate)
        {
            if (_closed) return;
            _queue.Add(command, answer, scheduler.Now);
            if (_running) return;
            _running = true;
        }
        scheduler.RunBlocking(Turn);
    }

    /// <summary>As a crash would: what waits is gone, and nobody is answered.</summary>
    public void Kill()
    {
        lock (_gate) _closed = true;
    }

    public RuntimeHealth Health(int awake, int inFlight)
    {
        lock (_gate)
        {
            return new RuntimeHealth(
                _queue.Count, _queue.OldestAge(scheduler.Now), _turns, _longestTurn, _rejected, awake, inFlight, _trouble?.Message, _trouble?.Full ?? false)
            {
                IsFenced = _trouble?.IsFenced ?? false,
            };
        }
    }

    /// <param name="node">Where this writer is, for people.</param>
    public WriterView View(string node)
    {
        lock (_gate)
        {
            return new WriterView(
                node, _queue.Count, _queue.Bytes, _queue.OldestAge(scheduler.Now), _turns, _longestTurn, _rejected, _queue.Refused, _queue.HasRoom, _trouble?.Message,
                [.. Enum.GetValues<WriterProtocol.Priority>().Select(Lane)]);
        }
    }

    private LaneView Lane(WriterProtocol.Priority of)
    {
        var counts = _queue.Lane(of);
        return new LaneView(of, counts.Waiting, counts.Done, counts.Turns);
    }

    private void Turn()
    {
        WriterTurn? turn;
        lock (_gate)
        {
            turn = _closed ? null : _queue.Take(scheduler.Now);
            if (turn is null)
            {
                _running = false;
                return;
            }
        }
        Commit(turn, _firstPause);
    }

    private void Commit(WriterTurn turn, TimeSpan pause)
    {
        lock (_gate)
        {
            if (_closed) return;
        }
        var began = scheduler.Now;
        IReadOnlyList<WriterProtocol.IReply> replies;
        try
        {
            replies = store.Commit(turn.Commands);
        }
        catch (StoreUnavailableException trouble)
        {
            lock (_gate)
            {
                if (_closed) return;
                _trouble = trouble;
            }
            if (trouble.IsFenced) return;
            var longer = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            scheduler.RunAt(scheduler.Now + pause, () => scheduler.RunBlocking(() => Commit(turn, longer)));
            return;
        }
        var took = scheduler.Now - began;
        lock (_gate)
        {
            if (_closed) return;
            _queue.Done(turn, took);
            _trouble = null;
            _turns++;
            if (took > _longestTurn) _longestTurn = took;
            _rejected += replies.Count(r => r is WriterProtocol.Rejected);
        }
        meter?.Ended(turn, took);
        for (var i = 0; i < replies.Count; i++) ((Action<WriterProtocol.IReply>)turn.Tags[i])(replies[i]);
        RoomMade?.Invoke();
        scheduler.RunBlocking(Turn);
    }
}
