using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// The only hand that changes the store: one turn at a time, replies after the commit. A store that does not take a turn is asked again,
/// 100 ms doubling to 5 s, with the same commands in the same order; meanwhile the permits run out and the crawl stands still.
/// </summary>
internal sealed class LocalWriter(IScheduler scheduler, IWriteStore store, WriterSettings settings)
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly WriterQueue _queue = new(settings);
    private bool _running;
    private bool _closed;
    private TimeSpan _pause = _firstPause;
    private StoreUnavailableException? _trouble;
    private long _turns;
    private long _rejected;
    private TimeSpan _longestTurn;

    /// <summary>Called when a turn has made room.</summary>
    public Action? RoomMade { get; set; }

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
            if (_closed || !_queue.TryAdd(command, answer, scheduler.Now)) return false;
            if (_running) return true;
            _running = true;
        }
        scheduler.RunBlocking(Turn);
        return true;
    }

    /// <summary>Takes a command of an entity in any case: what entities hand in is bounded by their permits, and its order must not break.</summary>
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
                _queue.Count, _queue.OldestAge(scheduler.Now), _turns, _longestTurn, _rejected, awake, inFlight, _trouble?.Message, _trouble?.Full ?? false);
        }
    }

    private void Turn()
    {
        IReadOnlyList<Waiting> batch;
        lock (_gate)
        {
            if (_closed) return;
            batch = _queue.Take(scheduler.Now);
        }
        var began = scheduler.Now;
        IReadOnlyList<WriterProtocol.IReply> replies;
        try
        {
            replies = store.Commit([.. batch.Select(w => w.Command)]);
        }
        catch (StoreUnavailableException trouble)
        {
            Postpone(batch, trouble);
            return;
        }
        var ended = scheduler.Now;
        lock (_gate)
        {
            if (_closed) return;
            _queue.Done(batch, ended - began);
            _trouble = null;
            _pause = _firstPause;
            _turns++;
            if (ended - began > _longestTurn) _longestTurn = ended - began;
        }
        for (var i = 0; i < batch.Count; i++)
        {
            if (replies[i] is WriterProtocol.Rejected) Interlocked.Increment(ref _rejected);
            ((Action<WriterProtocol.IReply>)batch[i].Tag)(replies[i]);
        }
        RoomMade?.Invoke();
        Next();
    }

    private void Next()
    {
        lock (_gate)
        {
            if (_closed || _queue.Count == 0)
            {
                _running = false;
                return;
            }
        }
        scheduler.RunBlocking(Turn);
    }

    private void Postpone(IReadOnlyList<Waiting> batch, StoreUnavailableException trouble)
    {
        TimeSpan pause;
        lock (_gate)
        {
            _queue.PutBack(batch);
            _trouble = trouble;
            pause = _pause;
            _pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
        scheduler.RunAt(scheduler.Now + pause, () => scheduler.RunBlocking(Turn));
    }
}
