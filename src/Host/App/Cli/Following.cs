using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Cli;

public enum FollowEnd
{
    /// <summary>Every job has ended, or is parked.</summary>
    Ended,
    /// <summary>Ctrl-C.</summary>
    Interrupted,
    /// <summary>Nothing can go on, see <see cref="IDesk.Trouble"/>.</summary>
    Trouble,
}

/// <summary>Takes up a command's jobs and watches them, showing how they do, until nothing more will happen.</summary>
public sealed class Following(IDesk desk, DoorContext context)
{
    /// <summary>Jobs that get lines of their own that stay; nobody reads five hundred of them.</summary>
    private const int MostTold = 20;
    private static readonly TimeSpan LiveRound = TimeSpan.FromMilliseconds(250);

    /// <summary>Jobs that are stored together: each commit of a job alone would wait for a turn of the crawl that has begun already.</summary>
    private const int TakenAtOnce = 32;

    private readonly List<JobSummary> _jobs = [];
    private readonly ProgressView _view = new(context.Terminal);
    private readonly Speed _speed = new();
    private readonly Dictionary<long, int?> _maxPages = [];
    private readonly HashSet<long> _told = [];
    private bool _isAway;

    /// <summary>As last read, in the order of the start URLs.</summary>
    public IReadOnlyList<JobSummary> Jobs => _jobs;

    public IReadOnlyList<JobId> Open => [.. _jobs.Where(job => !job.HasEnded).Select(job => new JobId(job.Job))];

    /// <summary>Null when all jobs were taken up; else why not.</summary>
    public async Task<FollowEnd?> BeginAsync(IEnumerable<NewJob> jobs, CancellationToken stop)
    {
        foreach (var some in jobs.Chunk(TakenAtOnce))
        {
            var taking = some.Select(job => desk.TakeUpAsync(job, stop)).ToList();
            if (await EndBeforeAsync(Task.WhenAll(taking), stop) is { } end)
            {
                return end;
            }
            foreach (var (job, taken) in some.Zip(await Task.WhenAll(taking)))
            {
                if (_jobs.Count < MostTold || taken.Resumed)
                {
                    context.Terminal.Err.WriteLine($"Job {taken.Job}: {TerminalText.Clean(job.Start.Text)}{(taken.Resumed ? ", resumed where it stood, with the options it was begun with" : "")}");
                }
                // A resumed job has the limits it was begun with, which only its own page tells.
                _maxPages[taken.Job.Value] = taken.Resumed ? null : job.Limits.MaxPages;
                if (await desk.ReadAsync(taken.Job, CancellationToken.None) is { } summary)
                {
                    _jobs.Add(summary);
                }
            }
        }
        if (_jobs.Count > MostTold)
        {
            context.Terminal.Err.WriteLine($"and so on: {Quantity.Of(_jobs.Count, "job")}");
        }
        return null;
    }

    public async Task<FollowEnd> ToTheEndAsync(CancellationToken stop)
    {
        var begunAt = context.Clock.GetTimestamp();
        try
        {
            while (true)
            {
                var roundAt = context.Clock.GetTimestamp();
                await LookAsync();
                if (_jobs.TrueForAll(job => job.HasEnded || job.State == "parked"))
                {
                    return FollowEnd.Ended;
                }
                if (desk.Trouble is not null)
                {
                    return FollowEnd.Trouble;
                }
                Show(context.Clock.GetElapsedTime(begunAt));
                // With many jobs a round of reads takes a while; nine tenths of the time belong to the crawl.
                var reading = context.Clock.GetElapsedTime(roundAt);
                await Task.Delay(reading * 9 > LiveRound ? reading * 9 : LiveRound, context.Clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return FollowEnd.Interrupted;
        }
        finally
        {
            _view.Clear();
        }
    }

    public async Task<IReadOnlyList<JobSummary>> ReadAgainAsync()
    {
        for (var i = 0; i < _jobs.Count; i++)
        {
            if (!_jobs[i].HasEnded)
            {
                _jobs[i] = await desk.ReadAsync(new JobId(_jobs[i].Job), CancellationToken.None) ?? _jobs[i];
            }
        }
        return _jobs;
    }

    /// <summary>A store that does not answer for a while is waited for by the crawl, so also by whoever looks at it.</summary>
    private async Task LookAsync()
    {
        try
        {
            await ReadAgainAsync();
            _isAway = false;
        }
        catch (StoreUnavailableException trouble)
        {
            if (!_isAway) _view.Say(trouble.Message);
            _isAway = true;
        }
    }

    private void Show(TimeSpan elapsed)
    {
        var now = context.Clock.GetUtcNow();
        _speed.Note(now, _jobs.Sum(job => job.Done));
        TellCrawlDelays();
        _view.Show(new Progress(_jobs, now, elapsed, _speed.PerSecond, _speed.Left(_jobs, now)));
    }

    private void TellCrawlDelays()
    {
        foreach (var job in _jobs)
        {
            if (_told.Count < MostTold && job.Now?.CrawlDelaySeconds is > 0 and { } seconds && _told.Add(job.Job))
            {
                _view.Say(ProgressText.CrawlDelay(job, seconds, _maxPages.GetValueOrDefault(job.Job)));
            }
        }
    }

    /// <summary>A full disk keeps a command waiting for its first commit for ever, so the wait is watched.</summary>
    private async Task<FollowEnd?> EndBeforeAsync(Task task, CancellationToken stop)
    {
        while (!task.IsCompleted)
        {
            if (desk.Trouble is not null)
            {
                return FollowEnd.Trouble;
            }
            await Task.WhenAny(task, Task.Delay(LiveRound, context.Clock, CancellationToken.None));
        }
        return task.IsCanceled && stop.IsCancellationRequested ? FollowEnd.Interrupted : null;
    }
}
