using Amble.App.Http;

namespace Amble.App.Cli;

/// <summary>Pages a second over the last half minute: long enough to be calm, short enough to follow the site's pace.</summary>
public sealed class Speed
{
    /// <summary>Fewer pages than this say little about those to come.</summary>
    private const int Telling = 10;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Queue<(DateTimeOffset At, long Done)> _samples = [];
    private (DateTimeOffset At, long Done) _last;
    private long? _before;

    public void Note(DateTimeOffset at, long done)
    {
        // Until the first page is done, time goes into robots.txt and a slow start, which say nothing about pages.
        if (_samples.Count == 0 && (_before ??= done) == done)
        {
            return;
        }
        _samples.Enqueue((at, done));
        while (_samples.Count > 2 && at - _samples.Peek().At > Window)
        {
            _samples.Dequeue();
        }
        _last = (at, done);
    }

    /// <summary>0 until there is something to tell.</summary>
    public double PerSecond => _samples.TryPeek(out var first) && _last.At > first.At ? Math.Max(0, _last.Done - first.Done) / (_last.At - first.At).TotalSeconds : 0;

    /// <summary>
    /// How long what is open will take: by the speed where it says something, else by the pace of the slowest job; never less than a
    /// Crawl-delay and the rest of a block allow. Null while nothing is known: before the first page there is only the start URL.
    /// </summary>
    public TimeSpan? Left(IReadOnlyList<JobSummary> jobs, DateTimeOffset now)
    {
        if (jobs.Sum(job => job.Done) == 0)
        {
            return null;
        }
        var byPace = jobs.Max(job => Seconds(job, job.Now?.DelaySeconds, now));
        var atLeast = jobs.Max(job => Seconds(job, job.Now?.CrawlDelaySeconds, now));
        var isTelling = _samples.TryPeek(out var first) && _last.Done - first.Done >= Telling;
        var seconds = isTelling ? Math.Max(atLeast, jobs.Sum(job => job.Pending) / PerSecond) : byPace;
        return seconds > 0 && seconds < TimeSpan.FromDays(3650).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double Seconds(JobSummary job, double? delay, DateTimeOffset now) =>
        job.Pending * (delay ?? 0) + (job.Now?.BlockedUntil is { } until && until > now ? (until - now).TotalSeconds : 0);
}
