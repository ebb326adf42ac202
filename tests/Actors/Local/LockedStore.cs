using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Actors.Specs.Local;

/// <summary>A scripted store for a runtime on real threads: one at a time, and it knows by itself which jobs have not ended.</summary>
internal sealed class LockedStore(ScriptedStore store) : IReadStore, IWriteStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, JobProtocol.TakeUp> _unfinished = [];
    private readonly Dictionary<JobId, JobState> _states = [];

    public JobState? StateOf(JobId job)
    {
        lock (_gate) return _states.TryGetValue(job, out var state) ? state : null;
    }

    public T Look<T>(Func<ScriptedStore, T> look)
    {
        lock (_gate) return look(store);
    }

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        lock (_gate)
        {
            var replies = store.Commit(commands);
            foreach (var reply in replies) Note(reply);
            return replies;
        }
    }

    public DomainRead ReadDomain(DomainName domain) => Look(s => s.ReadDomain(domain));

    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit) => Look(s => s.ReadWindow(domain, now, limit));

    public PageCopy? ReadCopy(PageId page) => Look(s => s.ReadCopy(page));

    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => Look(s => s.ReadDue(now, limit));

    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => Look(s => s.ReadUnfinishedJobs().Concat(_unfinished.Values).ToList());

    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => ReadUnfinishedJobs().FirstOrDefault(j => j.Job == job);

    public IReadOnlyList<DomainName> ReadOpenDomains(JobId job) => Look(s => s.ReadOpenDomains(job));

    public IReadOnlyList<PageId> ReadOpenUnits(JobId job, int limit, PageId? after) => Look(s => s.ReadOpenUnits(job, limit, after));

    public IReadOnlyList<PageId> ReadRetryUnits(JobId job, int limit, PageId? after) => Look(s => s.ReadRetryUnits(job, limit, after));

    public IEnumerable<ReportPart> ReadReport(JobId job, CancellationToken stop) => Look(s => s.ReadReport(job, stop).ToList());

    public string? ReadStartProblem(JobId job) => Look(s => s.ReadStartProblem(job));

    private void Note(WriterProtocol.IReply reply)
    {
        switch (reply)
        {
            case WriterProtocol.JobCreated m:
                _unfinished[m.Job.Id] = new JobProtocol.TakeUp(m.Job.Id, JobState.Running, null, m.Start, 1);
                _states[m.Job.Id] = JobState.Running;
                break;
            case WriterProtocol.EndBegun m when _unfinished.TryGetValue(m.Job, out var running):
                _unfinished[m.Job] = running with { State = JobState.Finishing, Outcome = m.Outcome };
                break;
            case WriterProtocol.JobRetried { State: JobState.Running } m:
                _unfinished[m.Job] = new JobProtocol.TakeUp(m.Job, JobState.Running, null, DomainName.Of("a.test", 80), 1);
                _states[m.Job] = JobState.Running;
                break;
            case WriterProtocol.JobEnded m:
                _unfinished.Remove(m.Job);
                _states[m.Job] = m.Outcome;
                break;
        }
    }
}
