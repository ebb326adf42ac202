using System.Diagnostics;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>A store's reads, of which those of windows are timed once that is asked for.</summary>
internal sealed class TimedReads(IReadStore reads) : IReadStore
{
    private readonly Lock _gate = new();
    private readonly Figures _windows = new();
    private volatile bool _isTiming;

    /// <summary>Milliseconds of each; to be looked at when nothing reads any more.</summary>
    public Figures Windows => _windows;

    public void Begin() => _isTiming = true;

    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit)
    {
        var began = Stopwatch.GetTimestamp();
        var window = reads.ReadWindow(domain, now, limit);
        var took = Stopwatch.GetElapsedTime(began);
        if (_isTiming)
        {
            lock (_gate) _windows.Add(took.TotalMilliseconds);
        }
        return window;
    }

    public DomainRead ReadDomain(DomainName domain) => reads.ReadDomain(domain);

    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => reads.ReadDue(now, limit);

    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => reads.ReadUnfinishedJobs();

    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => reads.ReadUnfinishedJob(job);

    public JobEnding ReadEnding(JobId job) => reads.ReadEnding(job);
}
