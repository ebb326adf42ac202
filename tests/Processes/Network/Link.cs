namespace Amble.Processes.Specs.Network;

/// <summary>
/// One way between two places, which can be cut: then no byte moves on it, in neither direction, and nobody is told. What was under way
/// arrives late, once the link is mended, as it does with TCP.
/// </summary>
public sealed class Link
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _open = Opened();

    /// <summary>Completes when bytes may move; at once while the link is whole.</summary>
    public Task WhenWhole
    {
        get { lock (_gate) return _open.Task; }
    }

    public void Cut()
    {
        lock (_gate)
        {
            if (_open.Task.IsCompleted) _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Mend()
    {
        lock (_gate) _open.TrySetResult();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
