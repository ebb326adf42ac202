namespace Amble.Local;

/// <summary>
/// One message at a time, in order, on whatever thread is free; a burst is taken in portions so that one busy entity does not keep a
/// thread from the others.
/// </summary>
internal sealed class Mailbox(IScheduler scheduler, Action<object> take)
{
    private const int Portion = 32;

    private readonly Queue<object> _waiting = new();
    private readonly Lock _gate = new();
    private bool _running;
    private bool _closed;
    private bool _held;

    /// <summary>False when the mailbox is closed: its entity is gone, and whoever writes must look for the next one.</summary>
    public bool Post(object message)
    {
        lock (_gate)
        {
            if (_closed) return false;
            _waiting.Enqueue(message);
            if (_running || _held) return true;
            _running = true;
        }
        scheduler.Run(Drain);
        return true;
    }

    /// <summary>Nothing more is taken until <see cref="Release"/>: an event is being made durable.</summary>
    public void Hold()
    {
        lock (_gate) _held = true;
    }

    public void Release()
    {
        lock (_gate)
        {
            _held = false;
            if (_running || _waiting.Count == 0) return;
            _running = true;
        }
        scheduler.Run(Drain);
    }

    /// <summary>Closes the mailbox if it is empty.</summary>
    public bool TryClose()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0) return false;
            return _closed = true;
        }
    }

    /// <summary>Throws away what waits and takes no more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _waiting.Clear();
        }
    }

    private void Drain()
    {
        for (var taken = 0; taken < Portion; taken++)
        {
            object message;
            lock (_gate)
            {
                if (_held || !_waiting.TryDequeue(out message!))
                {
                    _running = false;
                    return;
                }
            }
            take(message);
        }
        scheduler.Run(Drain);
    }
}
