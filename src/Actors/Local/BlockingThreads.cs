namespace Amble.Local;

/// <summary>
/// Threads for work that waits for a store: begun when needed, up to a number, and ended when idle; beyond it work waits in order. The
/// thread pool is no place for it: it begins about one more thread a second while all of its own are blocked, and timers, Akka's heartbeats
/// among them, wait in the same queue. A node whose store hangs would look like a dead one.
/// </summary>
/// <param name="most">Threads; each costs its stack only while it lives.</param>
public sealed class BlockingThreads(int most)
{
    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private readonly SemaphoreSlim _work = new(0);
    private int _living;
    private int _idling;

    public void Run(Action action)
    {
        lock (_gate)
        {
            _waiting.Enqueue(action);
            if (_idling >= _waiting.Count || _living == most)
            {
                _work.Release();
                return;
            }
            _living++;
        }
        _work.Release();
        new Thread(Live) { IsBackground = true, Name = "store" }.Start();
    }

    private void Live()
    {
        while (true)
        {
            lock (_gate) _idling++;
            var isWanted = _work.Wait(_idle);
            Action? next;
            lock (_gate)
            {
                _idling--;
                if (!isWanted && !_work.Wait(TimeSpan.Zero))
                {
                    _living--;
                    return;
                }
                next = _waiting.Dequeue();
            }
            next();
        }
    }
}
