using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Live;

/// <summary>Looks at a job: null when there is no such job.</summary>
public delegate Task<(LiveRead Read, JobSummary Sums)?> LookAtJob(JobId job, IReadOnlyList<VisitMark> marks, CancellationToken stop);

/// <summary>
/// One job and those who watch it. They share its views: whoever comes first when a view has become old looks, the others wait for that
/// look. So a job is looked at once per interval, and not at all when nobody watches; there is nothing that runs by itself.
/// </summary>
public sealed class LiveJob(JobId job, LookAtJob look, LiveSettings settings, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private LiveView? _view;
    private long _lookedAt;

    /// <summary>Those who watch; changed under the hub's lock alone.</summary>
    internal int Watchers { get; set; }

    /// <summary>A view to begin with, and where the watcher stands in it; null when there is no such job.</summary>
    /// <param name="mark">What the watcher was told last; null to watch from now on.</param>
    public async Task<(LiveView View, Standing At)?> JoinAsync(VisitMark? mark, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            if (mark is null && _view is { } known && !IsOld) return (known, Standing.Now(known));
            if (await LookAsync(mark, stop) is not { } read) return null;
            var at = mark is null ? Standing.Now(_view!) : read.Intact[^1] ? new Standing(_view!.Line, mark.Value.Number, 0) : Standing.Lost;
            return (_view!, at);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The next view, when the present one has become old; the same one while the store does not answer. Null when the job is gone.</summary>
    public async Task<LiveView?> NextAsync(CancellationToken stop)
    {
        var left = settings.LookEvery - clock.GetElapsedTime(Volatile.Read(ref _lookedAt));
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, stop);
        await _one.WaitAsync(stop);
        try
        {
            if (IsOld && await LookAsync(null, stop) is null) return null;
        }
        catch (StoreUnavailableException)
        {
            // Health tells of it; here it is looked at again after the usual time.
        }
        finally
        {
            _one.Release();
        }
        return _view;
    }

    public void Dispose() => _one.Dispose();

    private bool IsOld => clock.GetElapsedTime(_lookedAt) >= settings.LookEvery;

    private async Task<LiveRead?> LookAsync(VisitMark? mark, CancellationToken stop)
    {
        // Also when it fails: a store in trouble is not asked more often.
        _lookedAt = clock.GetTimestamp();
        List<VisitMark> marks = [.. _view is { } view ? [view.Head] : Array.Empty<VisitMark>(), .. mark is { } one ? [one] : Array.Empty<VisitMark>()];
        if (await look(job, marks, stop) is not var (read, sums)) return null;
        _view = LiveView.After(_view, read, sums, settings.MostVisits);
        return read;
    }
}
