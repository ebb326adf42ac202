namespace Amble.Local.Cards;

/// <summary>One round at a time on a node, first come, first served; who waits does so until an instant of its own.</summary>
internal sealed class RoundGate(IScheduler scheduler)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = [];
    private bool _isTaken;

    /// <summary>Somebody waits for whoever is in.</summary>
    public bool HasWaiting
    {
        get { lock (_gate) return _waiting.Count > 0; }
    }

    /// <summary>False when its turn did not come by then.</summary>
    public async Task<bool> EnterAsync(DateTimeOffset until, CancellationToken stop)
    {
        var turn = new TaskCompletionSource<bool>();
        lock (_gate)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return true;
            }
            _waiting.AddLast(turn);
        }
        using var alarm = scheduler.RunAt(until, () => Leave(turn));
        await using var stopping = stop.Register(() => Leave(turn));
        return await turn.Task.ConfigureAwait(false);
    }

    public void Leave()
    {
        TaskCompletionSource<bool>? next = null;
        lock (_gate)
        {
            if (_waiting.First is { } first)
            {
                next = first.Value;
                _waiting.RemoveFirst();
            }
            else
            {
                _isTaken = false;
            }
        }
        // Not on this one's thread: it has more to do.
        if (next is not null) scheduler.Run(() => next.TrySetResult(true));
    }

    private void Leave(TaskCompletionSource<bool> turn)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(turn)) return;
        }
        turn.TrySetResult(false);
    }
}
