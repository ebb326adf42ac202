using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using Amble.Behaviours.Ports;

namespace Amble.Benchmarks;

/// <summary>
/// A store's reads, of which those of windows are timed once that is asked for; after each, as a measure of how crowded the machine is, some
/// computing that takes about as long and touches no disk. A proxy, since it has nothing to say to the other reads.
/// </summary>
internal class TimedReads : DispatchProxy
{
    private readonly Lock _gate = new();
    private readonly byte[] _computed = new byte[512 << 10];
    private IReadStore _reads = null!;
    private volatile bool _isTiming;

    /// <summary>Milliseconds of each; to be looked at when nothing reads any more.</summary>
    public Figures Windows { get; } = new();

    /// <summary>The same of the computing.</summary>
    public Figures Computing { get; } = new();

    public static (IReadStore Reads, TimedReads Times) Of(IReadStore reads)
    {
        var proxy = Create<IReadStore, TimedReads>();
        var times = (TimedReads)(object)proxy;
        times._reads = reads;
        return (proxy, times);
    }

    public void Begin() => _isTiming = true;

    protected override object? Invoke(MethodInfo? read, object?[]? words)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = read!.Invoke(_reads, BindingFlags.DoNotWrapExceptions, null, words, null);
        var took = Stopwatch.GetElapsedTime(began);
        if (_isTiming && read.Name == nameof(IReadStore.ReadWindow)) Add(took);
        return answer;
    }

    private void Add(TimeSpan took)
    {
        var began = Stopwatch.GetTimestamp();
        SHA256.HashData(_computed);
        var computing = Stopwatch.GetElapsedTime(began);
        lock (_gate)
        {
            Windows.Add(took.TotalMilliseconds);
            Computing.Add(computing.TotalMilliseconds);
        }
    }
}
