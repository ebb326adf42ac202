using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Local.Intake;

namespace Amble.Cluster.Streams;

/// <summary>
/// An intake as a graph of Akka.Streams: batches from a bounded buffer, then one write at a time, each batch until it is known what became
/// of it. A stage that fails all the same would leave a buffer that still takes, so the graph's end is watched and it is run again on the
/// same buffer; the batch that was in hand is counted as refused.
/// </summary>
public sealed class StreamIntake<T> : IIntake<T>
{
    private readonly Local.IScheduler _scheduler;
    private readonly IntakeQueue<T> _queue;
    private readonly BatchWriting<T> _writing;
    private readonly Action<Exception> _onFault;
    private readonly Lock _loop = new();
    private readonly TaskCompletionSource<IntakeLeft> _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IMaterializer? _materializer;

    /// <param name="chance">0 to 1, drawn for each wait before a retry.</param>
    public StreamIntake(Local.IScheduler scheduler, AccessLogSettings settings, IntakeItems<T> items, WriteBatch<T> write, Func<double> chance, Action<Exception> onFault)
    {
        (_scheduler, _onFault) = (scheduler, onFault);
        _queue = new IntakeQueue<T>(settings, items, () => scheduler.Now);
        _writing = new BatchWriting<T>(scheduler, _queue, write, chance);
    }

    /// <inheritdoc />
    public IntakeCounts Counts => _queue.Counts;

    /// <inheritdoc />
    public IntakeView View => _queue.View;

    /// <inheritdoc />
    public bool Offer(T item) => _queue.Offer(item);

    /// <summary>Begins to write; what was offered before waits until then.</summary>
    public void Start(IMaterializer materializer)
    {
        _materializer = materializer;
        Run();
    }

    /// <inheritdoc />
    public async Task<IntakeLeft> DrainAsync(TimeSpan deadline)
    {
        _queue.Close();
        using var alarm = _scheduler.RunAt(_scheduler.Now + deadline, GiveUp);
        _queue.Woken();
        return await _drained.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        GiveUp();
        await _drained.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        var ended = Source.FromGraph(new BatchSource<T>(_queue, () => _scheduler.Now))
            .SelectAsync(1, WriteAsync)
            .RunWith(Sink.Ignore<Done>(), _materializer!);
        _ = ended.ContinueWith(
            done =>
            {
                if (_queue.IsOver || !done.IsFaulted) return;
                var surprise = done.Exception.GetBaseException();
                _onFault(surprise);
                if (_queue.InHand is { } batch) Done(batch, new BatchOutcome.Refused(surprise.Message));
                Run();
            }, TaskScheduler.Default);
    }

    private Task<Done> WriteAsync(IntakeBatch<T> batch)
    {
        var written = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        _writing.Write(batch, outcome =>
        {
            Done(batch, outcome);
            written.TrySetResult(Akka.Done.Instance);
        });
        return written.Task;
    }

    private void Done(IntakeBatch<T> batch, BatchOutcome outcome)
    {
        lock (_loop) _queue.Done(batch, outcome);
        if (_queue.IsOver) _drained.TrySetResult(IntakeLeft.Nothing);
        _queue.Woken();
    }

    private void GiveUp()
    {
        lock (_loop)
        {
            if (!_queue.IsOver) _drained.TrySetResult(_queue.GiveUp());
        }
        _drained.TrySetResult(IntakeLeft.Nothing);
        _queue.Woken();
    }
}
