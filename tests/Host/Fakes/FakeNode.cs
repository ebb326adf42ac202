using System.Diagnostics.Metrics;
using Amble.App;
using Amble.App.Measured;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Host.Specs.Fakes;

/// <summary>A node in memory: jobs end at once with what the test says, or stay running.</summary>
internal sealed class FakeNode : INode, ICrawlRuntime, IPageReads, ILiveReads
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<long, JobView> _jobs = [];
    private FakeLists? _lists;
    private FakeReports? _report;

    /// <summary>What becomes of a new job.</summary>
    public Func<JobView, JobView> Outcome { get; set; } = job => Ended(job, JobState.Completed);

    public List<BrokenView> Broken { get; } = [];
    public List<VisitView> Visits { get; } = [];
    public List<ExcludedView> Excluded { get; } = [];
    public List<SitemapView> Sitemaps { get; } = [];
    public List<LiveVisit> Found { get; } = [];
    public VisitMark Head { get; set; }
    public int Looks { get; private set; }
    public List<string> Said { get; } = [];
    public DomainProtocol.Status? Status { get; set; }
    public RuntimeHealth Health { get; set; } = new(0, TimeSpan.Zero, 12, TimeSpan.FromMilliseconds(3), 0, 1, 2, null, false);
    public ICrawlRuntime Runtime => this;
    public FakeRetention Purging { get; } = new();
    public IRetention Retention => Purging;
    public IPageReads Reads => this;
    public FakeReports Report => _report ??= new FakeReports(this);
    public IReportReads Reports => Report;
    public FakeLists List => _lists ??= new FakeLists(this);
    public IPageLists Lists => List;
    public ILiveReads Live => this;
    public FakeInspection Look { get; } = new();
    public IInspection Inspection => Look;
    public IInspectionReads Stored => Look;
    public FakePoliteness Polite { get; } = new();
    public IPolitenessReads Politeness => Polite;
    public Meter Meter { get; } = NodeMeter.New();

    public FakeLog Log { get; } = new();
    public IAccessLog AccessLog => Log;
    public IAccessReads Access => Log;
    public NodeSettings? OpenedWith { get; private set; }

    public INode Open(NodeSettings settings)
    {
        OpenedWith = settings;
        return this;
    }

    public JobView Add(string start, JobState state, JobCounts? counts = null, string? reason = null, DateTimeOffset? resumeAt = null)
    {
        var asked = new NewJob(PageUrl.FromStored(start), JobLimits.None, 20, false, false);
        var job = new JobView(
            new JobSpec(new JobId(_jobs.Count + 1), asked), state, reason, _noon, _noon, _noon.AddSeconds(12.5), state >= JobState.Completed ? _noon.AddSeconds(13) : null,
            resumeAt, counts is null ? 1 : counts.Visits + counts.Excluded, 0, counts ?? Counts());
        _jobs[job.Job.Id.Value] = job;
        return job;
    }

    public static JobCounts Counts(long ok = 0, long broken = 0, long refused = 0, long redirected = 0, long unknown = 0, long excluded = 0) =>
        new(ok, redirected, refused, broken, unknown, excluded, ok + broken + refused + redirected + 1, 4, 2, 123_456);

    public static JobView Ended(JobView job, JobState state, JobCounts? counts = null, string? reason = null) =>
        job with { State = state, Counts = counts ?? Counts(ok: 3), Pages = 3, Pending = 0, Reason = reason, EndedAt = _noon.AddSeconds(13) };

    public static VisitView Visit(string url, StatusClass of, int? status, string? redirectTo = null, string? error = null) => new(
        new PageId(1), PageUrl.FromStored(url), of, status, _noon, 120, 1000, "text/html", "Title", redirectTo is null ? null : PageUrl.FromStored(redirectTo), error, 1, 1);

    public void Start() => Said.Add("start");

    public Task<JobSpec> CreateAsync(NewJob job, CancellationToken stop)
    {
        var made = Add(job.Start.Text, JobState.Running);
        made = made with { Job = made.Job with { Asked = job } };
        _jobs[made.Job.Id.Value] = Outcome(made);
        Said.Add($"create {job.Start.Text}");
        return Task.FromResult(made.Job);
    }

    public Task<bool> CancelAsync(JobId job, CancellationToken stop)
    {
        if (!_jobs.TryGetValue(job.Value, out var view) || view.State >= JobState.Completed) return Task.FromResult(false);
        _jobs[job.Value] = view with { State = JobState.Cancelled };
        return Task.FromResult(true);
    }

    public Task WhenEndedAsync(JobId job, CancellationToken stop) => Task.CompletedTask;

    public Task<long?> RetryAsync(JobId job, CancellationToken stop) => Task.FromResult(_jobs.TryGetValue(job.Value, out var view) ? view.Counts.Broken : (long?)null);

    public Task<DomainProtocol.Status?> AskAsync(DomainName domain, CancellationToken stop) => Task.FromResult(Status);

    public Task StopAsync(TimeSpan deadline)
    {
        Said.Add("stop");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public IReadOnlyList<JobView> ReadJobs(int limit, JobId? before, string? site) =>
        [.. _jobs.Values.OrderByDescending(job => job.Job.Id.Value).Where(job => (before is null || job.Job.Id.Value < before.Value.Value) && (site is null || job.Job.Start.Domain.Value == site)).Take(limit)];

    public JobView? ReadJob(JobId job) => _jobs.GetValueOrDefault(job.Value);

    public JobView? ReadUnfinished(PageUrl start) => _jobs.Values.LastOrDefault(job => job.Job.Start.Equals(start) && job.State < JobState.Completed);

    public IReadOnlyList<VisitView> ReadVisits(JobId job, StatusClass? only, int limit, PageId? after) => [.. Visits.Where(visit => (only is null || visit.Class == only) && (after is null || visit.Page.Value > after.Value.Value)).Take(limit)];

    public IReadOnlyList<ExcludedView> ReadExcluded(JobId job) => Excluded;

    public IReadOnlyList<SitemapView> ReadSitemaps(JobId job) => Sitemaps;

    public LiveRead? ReadLive(JobId job, IReadOnlyList<VisitMark> marks, int mostRows, int mostVisits)
    {
        Looks++;
        if (!_jobs.TryGetValue(job.Value, out var view)) return null;
        var from = marks.Count == 0 ? Head.Number : marks.Min(mark => mark.Number);
        return new LiveRead(view, Head, from, [.. marks.Select(mark => mark.Number <= Head.Number)], [.. Found.Where(visit => visit.Mark.Number > from)]);
    }

    /// <summary>From now on the job is as the change says.</summary>
    public void Change(long job, Func<JobView, JobView> change) => _jobs[job] = change(_jobs[job]);

    public DomainRead ReadDomain(DomainName domain) => new(DomainMemory.Blank(domain), []);
}

/// <summary>A broken page of a node in memory, with the pages that link to it.</summary>
internal sealed record BrokenView(VisitView Visit, IReadOnlyList<SourceView> Sources, long SourceCount);

internal sealed record SourceView(PageUrl Page, string Anchor);
