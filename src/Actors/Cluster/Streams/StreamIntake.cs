using System.Threading.Channels;
using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;
using Amble.Behaviours.Ports;

namespace Amble.Cluster.Streams;

/// <summary>
/// An intake as a graph of Akka.Streams: a bounded channel, which counts what it turns away, then groups of a size or an age, then a
/// bounded number of writes. A write that throws is told and its batch counted; a stage that fails all the same would leave a channel that
/// still takes, so the graph's end is watched and it is run again on the same channel.
/// </summary>
public sealed class StreamIntake<T> : IIntake<T>
{
    private readonly IMaterializer _materializer;
    private readonly IntakeSettings _settings;
    private readonly WriteBatch<T> _write;
    private readonly Action<Exception> _onFault;
    private readonly Channel<T> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _offered;
    private long _written;
    private long _full;
    private long _poison;
    private long _late;

    public StreamIntake(IMaterializer materializer, IntakeSettings settings, WriteBatch<T> write, Action<Exception> onFault)
    {
        (_materializer, _settings, _write, _onFault) = (materializer, settings, write, onFault);
        _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(settings.Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        Run();
    }

    /// <inheritdoc />
    public IntakeCounts Counts => new(Volatile.Read(ref _offered), Volatile.Read(ref _written), Volatile.Read(ref _full), Volatile.Read(ref _poison), Volatile.Read(ref _late));

    /// <inheritdoc />
    public bool Offer(T item)
    {
        Interlocked.Increment(ref _offered);
        if (_waiting.Writer.TryWrite(item)) return true;
        Interlocked.Increment(ref _full);
        return false;
    }

    /// <inheritdoc />
    public async Task DrainAsync(TimeSpan deadline)
    {
        _waiting.Writer.TryComplete();
        try
        {
            await _ended.Task.WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _ended.Task.ConfigureAwait(false);
        }
        // The graph has ended: whatever is not accounted for will never be written.
        Interlocked.Exchange(ref _late, Counts.InFlight + _late);
    }

    public async ValueTask DisposeAsync()
    {
        await DrainAsync(TimeSpan.Zero).ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Run()
    {
        var ended = ChannelSource.FromReader(_waiting.Reader)
            .GroupedWithin(_settings.Most, _settings.Within)
            .SelectAsync(_settings.Writes, WriteAsync)
            .RunWith(Sink.Ignore<Done>(), _materializer);
        _ = ended.ContinueWith(
            done =>
            {
                if (done.IsFaulted && !_stop.IsCancellationRequested)
                {
                    _onFault(done.Exception.GetBaseException());
                    Run();
                    return;
                }
                _ended.TrySetResult();
            }, TaskScheduler.Default);
    }

    private async Task<Done> WriteAsync(IEnumerable<T> group)
    {
        IReadOnlyList<T> batch = [.. group];
        try
        {
            var aside = await _write(batch, _stop.Token).ConfigureAwait(false);
            Interlocked.Add(ref _poison, aside);
            Interlocked.Add(ref _written, batch.Count - aside);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Counted with all that the deadline cut off.
        }
        // A write that throws has met something it does not know; the stream goes on without that batch.
        catch (Exception surprise)
        {
            _onFault(surprise);
            Interlocked.Add(ref _poison, batch.Count);
        }
        return Done.Instance;
    }
}
