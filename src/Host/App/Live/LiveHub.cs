using Amble.Messages;

namespace Amble.App.Live;

/// <summary>All who watch jobs here: at most so many, and each job that is watched is there once.</summary>
public sealed class LiveHub(LookAtJob look, LiveSettings settings, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JobId, LiveJob> _jobs = [];
    private int _watchers;

    public LiveSettings Settings => settings;

    public TimeProvider Clock => clock;

    /// <summary>Null when there are as many watchers as may be.</summary>
    public Watch? Enter(JobId job)
    {
        lock (_lock)
        {
            if (_watchers >= settings.Connections) return null;
            _watchers++;
            if (!_jobs.TryGetValue(job, out var live)) _jobs.Add(job, live = new LiveJob(job, look, settings, clock));
            live.Watchers++;
            return new Watch(this, job, live);
        }
    }

    private void Leave(JobId job, LiveJob live)
    {
        lock (_lock)
        {
            _watchers--;
            if (--live.Watchers > 0) return;
            _jobs.Remove(job);
            live.Dispose();
        }
    }

    /// <summary>One watcher's place; disposed of once.</summary>
    public sealed class Watch(LiveHub hub, JobId job, LiveJob live) : IDisposable
    {
        public LiveJob Job => live;

        public void Dispose() => hub.Leave(job, live);
    }
}
