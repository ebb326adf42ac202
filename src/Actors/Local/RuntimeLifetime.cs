namespace Amble.Local;

/// <summary>
/// The scheduler of one runtime's life: after its end nothing begins any more, and whoever closes the store can wait until nothing that
/// uses it is still running.
/// </summary>
public sealed class RuntimeLifetime(IScheduler scheduler) : IScheduler
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _ended;

    public DateTimeOffset Now => scheduler.Now;

    /// <summary>Completes once the life has ended and the last work that was running has, too.</summary>
    public Task Quiet => _quiet.Task;

    public void Run(Action action) => scheduler.Run(() => Perform(action));

    public void RunBlocking(Action action) => scheduler.RunBlocking(() => Perform(action));

    /// <summary>What may never return is not waited for: it uses nothing that is closed.</summary>
    public void RunLong(Action action) => scheduler.RunLong(action);

    public void RunPromptly(Action action) => scheduler.RunPromptly(() => Perform(action));

    public IDisposable RunAt(DateTimeOffset instant, Action action) => scheduler.RunAt(instant, () => Perform(action));

    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            if (_running == 0) _quiet.TrySetResult();
        }
    }

    private void Perform(Action action)
    {
        lock (_gate)
        {
            if (_ended) return;
            _running++;
        }
        try
        {
            action();
        }
        finally
        {
            lock (_gate)
            {
                if (--_running == 0 && _ended) _quiet.TrySetResult();
            }
        }
    }
}
