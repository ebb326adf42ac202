using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;

namespace Amble.Local.Intake;

/// <summary>The one-process runtime's intake: a bounded buffer and one loop, which looks whenever it is woken or a batch is due.</summary>
public sealed class LocalIntake<T> : IIntake<T>
{
    private readonly IScheduler _scheduler;
    private readonly IntakeQueue<T> _queue;
    private readonly BatchWriting<T> _writing;
    private readonly TaskCompletionSource<IntakeLeft> _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _loop = new();
    private readonly Action _look;
    private IDisposable? _alarm;
    private bool _started;

    /// <param name="chance">0 to 1, drawn for each wait before a retry.</param>
    public LocalIntake(IScheduler scheduler, AccessLogSettings settings, IntakeItems<T> items, WriteBatch<T> write, Func<double> chance)
    {
        _scheduler = scheduler;
        _look = Look;
        _queue = new IntakeQueue<T>(settings, items, () => scheduler.Now) { Woken = () => scheduler.Run(_look) };
        _writing = new BatchWriting<T>(scheduler, _queue, write, chance);
    }

    /// <inheritdoc />
    public IntakeCounts Counts => _queue.Counts;

    /// <inheritdoc />
    public IntakeView View => _queue.View;

    /// <inheritdoc />
    public bool Offer(T item) => _queue.Offer(item);

    /// <summary>Begins to write; what was offered before waits until then.</summary>
    public void Start()
    {
        lock (_loop) _started = true;
        _scheduler.Run(_look);
    }

    /// <inheritdoc />
    public async Task<IntakeLeft> DrainAsync(TimeSpan deadline)
    {
        _queue.Close();
        using var alarm = _scheduler.RunAt(_scheduler.Now + deadline, GiveUp);
        _scheduler.Run(_look);
        return await _drained.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        GiveUp();
        await _drained.Task.ConfigureAwait(false);
    }

    private void Look()
    {
        IntakeBatch<T>? batch = null;
        lock (_loop)
        {
            _alarm?.Dispose();
            _alarm = null;
            if (_queue.IsOver) _drained.TrySetResult(IntakeLeft.Nothing);
            var due = _started ? _queue.Due() : null;
            if (due <= _scheduler.Now) batch = _queue.Take();
            else if (due is { } later) _alarm = _scheduler.RunAt(later, _look);
        }
        if (batch is not null) _writing.Write(batch, outcome => Done(batch, outcome));
    }

    private void Done(IntakeBatch<T> batch, BatchOutcome outcome)
    {
        lock (_loop) _queue.Done(batch, outcome);
        _scheduler.Run(_look);
    }

    private void GiveUp()
    {
        lock (_loop)
        {
            if (!_queue.IsOver) _drained.TrySetResult(_queue.GiveUp());
            _alarm?.Dispose();
        }
        _drained.TrySetResult(IntakeLeft.Nothing);
    }
}
