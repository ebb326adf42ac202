using System.Diagnostics;
using System.Security.Cryptography;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// A store's reads, of which those of windows are timed once that is asked for; after each, as a measure of how crowded the machine is, some
/// computing that takes about as long and touches no disk.
/// </summary>
internal sealed class TimedReads(IReadStore reads) : IReadStore
{
    private readonly Lock _gate = new();
    private readonly Figures _windows = new();
    private readonly Figures _computing = new();
    private readonly byte[] _computed = new byte[512 << 10];
    private volatile bool _isTiming;

    /// <summary>Milliseconds of each; to be looked at when nothing reads any more.</summary>
    public Figures Windows => _windows;

    /// <summary>The same of the computing.</summary>
    public Figures Computing => _computing;

    public void Begin() => _isTiming = true;

    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit)
    {
        var began = Stopwatch.GetTimestamp();
        var window = reads.ReadWindow(domain, now, limit);
        var took = Stopwatch.GetElapsedTime(began);
        if (_isTiming) Add(took);
        return window;
    }

    public DomainRead ReadDomain(DomainName domain) => reads.ReadDomain(domain);

    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => reads.ReadDue(now, limit);

    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => reads.ReadUnfinishedJobs();

    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => reads.ReadUnfinishedJob(job);

    public JobEnding ReadEnding(JobId job) => reads.ReadEnding(job);

    private void Add(TimeSpan took)
    {
        var began = Stopwatch.GetTimestamp();
        SHA256.HashData(_computed);
        var computing = Stopwatch.GetElapsedTime(began);
        lock (_gate)
        {
            _windows.Add(took.TotalMilliseconds);
            _computing.Add(computing.TotalMilliseconds);
        }
    }
}
