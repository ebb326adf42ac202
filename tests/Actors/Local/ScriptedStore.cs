using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Actors.Specs.Local;

/// <summary>A store in memory that knows one job's open units, remembers every turn, and fails or answers as its script says.</summary>
internal sealed class ScriptedStore : IReadStore, IWriteStore
{
    public List<IReadOnlyList<WriterProtocol.ICommand>> Turns { get; } = [];
    public List<Unit> Open { get; } = [];

    /// <summary>Units that a retry opens again.</summary>
    public List<Unit> Failed { get; } = [];

    public List<ReportPart> Report { get; } = [];
    public List<JobProtocol.TakeUp> Unfinished { get; } = [];
    public JobSpec? Job { get; set; }
    public PageCopy? Copy { get; set; }
    public Dictionary<DomainName, DomainMemory> Memories { get; } = [];
    public List<RobotsRecord> Robots { get; } = [];

    /// <summary>So many of the next turns and reads find no store.</summary>
    public int TurnsToFail { get; set; }

    /// <summary>Another writer has taken its place.</summary>
    public bool IsFenced { get; set; }

    public int ReadsToFail { get; set; }
    public int CopiesToFail { get; set; }

    /// <summary>Answers a command in another way; null leaves it to the store.</summary>
    public Func<WriterProtocol.ICommand, WriterProtocol.IReply?> Instead { get; set; } = _ => null;

    public IEnumerable<WriterProtocol.ICommand> Commands => Turns.SelectMany(t => t);

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        Turns.Add([.. commands]);
        if (IsFenced) throw new StoreUnavailableException("There is another writer.", full: false) { IsFenced = true };
        if (TurnsToFail-- > 0) throw new StoreUnavailableException("The store is not there.", full: true);
        return [.. commands.Select(c => Instead(c) ?? Store(c))];
    }

    public DomainRead ReadDomain(DomainName domain) => Read(() => new DomainRead(Memories.GetValueOrDefault(domain, DomainMemory.Blank(domain)), Robots));

    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit) =>
        Read(() => new WindowRead([.. Open.Where(u => u.Url.Domain == domain)], Job is null ? [] : [Job], null));

    public PageCopy? ReadCopy(PageId page) => CopiesToFail-- > 0 ? throw new StoreUnavailableException("The store is not there.", full: false) : Copy;

    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => Read(() => Array.Empty<DomainName>());

    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => Read(() => Unfinished.ToArray());

    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => ReadUnfinishedJobs().FirstOrDefault(j => j.Job == job);

    public IReadOnlyList<DomainName> ReadOpenDomains(JobId job) => Read(() => Open.Where(u => u.Key.Job == job).Select(u => u.Url.Domain).Distinct().ToArray());

    public IReadOnlyList<PageId> ReadOpenUnits(JobId job, int limit, PageId? after) =>
        Read(() => Open.Where(u => u.Key.Job == job && !(u.Key.Page.Value <= after?.Value)).Select(u => u.Key.Page).Take(limit).ToArray());

    public IReadOnlyList<PageId> ReadRetryUnits(JobId job, int limit, PageId? after) =>
        Read(() => Failed.Where(u => u.Key.Job == job && !(u.Key.Page.Value <= after?.Value)).Select(u => u.Key.Page).Take(limit).ToArray());

    public IEnumerable<ReportPart> ReadReport(JobId job, CancellationToken stop) => Read(() => Report.ToArray());

    public string? ReadStartProblem(JobId job) => Read(() => (string?)null);

    private T Read<T>(Func<T> read) => ReadsToFail-- > 0 ? throw new StoreUnavailableException("The store is not there.", full: false) : read();

    private WriterProtocol.IReply Store(WriterProtocol.ICommand command)
    {
        switch (command)
        {
            case WriterProtocol.CreateJob c:
                return new WriterProtocol.JobCreated(Job = new JobSpec(new JobId(1), c.Job), c.Job.Start.Domain);
            case WriterProtocol.SetJobState c:
                return new WriterProtocol.JobStateSet(c.Job, c.State);
            case WriterProtocol.BeginEnd c:
                return new WriterProtocol.EndBegun(c.Job, c.Outcome, c.Reason, Open.Count);
            case WriterProtocol.EndUnits c:
                Open.RemoveAll(u => c.Pages.Contains(u.Key.Page));
                return new WriterProtocol.UnitsEnded(c.Job, Open.Count);
            case WriterProtocol.SaveReport c:
                return new WriterProtocol.ReportSaved(c.Job);
            case WriterProtocol.EndJob c:
                return new WriterProtocol.JobEnded(c.Job, c.Outcome);
            case WriterProtocol.ReopenUnits c:
                Open.AddRange(Failed.Where(u => c.Pages.Contains(u.Key.Page)));
                Failed.RemoveAll(u => c.Pages.Contains(u.Key.Page));
                return new WriterProtocol.UnitsReopened(c.Job, Open.Count);
            case WriterProtocol.DropReport c:
                return new WriterProtocol.ReportDropped(c.Job, false);
            case WriterProtocol.EndRetry c:
                return new WriterProtocol.JobRetried(c.Job, Open.Count, Open.Count > 0 ? JobState.Running : JobState.Completed);
            case WriterProtocol.SaveMemory c:
                Memories[c.Memory.Name] = c.Memory;
                return new WriterProtocol.MemorySaved(c.Memory.Name);
            case WriterProtocol.CloseVisit c:
                Open.RemoveAll(u => u.Key == c.Visit.Key);
                return new WriterProtocol.UnitClosed(c.Visit.Key, Open.Count);
            case WriterProtocol.CloseUnits c:
                return new WriterProtocol.UnitsClosed(c.Job, c.Pages, Open.Count);
            default:
                throw new InvalidOperationException($"This store does not know {command.GetType().Name}.");
        }
    }
}
