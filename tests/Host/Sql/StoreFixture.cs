using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Sql;

/// <summary>An open store of whichever engine, and short words for what the cases do with it.</summary>
public sealed class StoreFixture(
    IWriteStore writes, IReadStore reads, IPageReads pages, IReportReads reports, Func<IReadOnlyList<string>> check, IDisposable resource) : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly PageUrl Home = Url("/");
    public static readonly DomainName Domain = DomainName.Of("a.test", 80);

    public IWriteStore Writes => writes;
    public IReadStore Reads => reads;
    public IPageReads Pages => pages;
    public IReportReads Reports => reports;
    public required IPageLists Lists { get; init; }
    public required IInspectionReads Inspected { get; init; }
    public required IAccessReads Access { get; init; }
    public required ICardReads Cards { get; init; }
    public required IPolitenessReads Politeness { get; init; }

    /// <summary>Contradictions between the tables; none when all is well.</summary>
    public IReadOnlyList<string> Check() => check();

    public void Dispose() => resource.Dispose();

    public static StoreFixture Of(IStore store) => new(store.Writes, store.Reads, store.Reads, store.Reads, store.CheckConsistency, store) { Lists = store.Reads, Inspected = store.Reads, Access = store.Reads, Cards = store.Reads, Politeness = store.Reads };

    /// <summary>The form in which these cases pack outlinks: a line per link, URL and anchor apart by a space.</summary>
    public static IEnumerable<(string Url, string Anchor)> Unpack(byte[] packed) =>
        System.Text.Encoding.UTF8.GetString(packed).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]));

    public static byte[] Pack(params (PageUrl Url, string Anchor)[] links) =>
        System.Text.Encoding.UTF8.GetBytes(string.Concat(links.Select(link => $"{link.Url} {link.Anchor}\n")));

    public static PageUrl Url(string path, string host = "a.test") => PageUrl.FromStored($"http://{host}{path}");

    public static DateTimeOffset After(double seconds) => Start.AddSeconds(seconds);

    public TReply Commit<TReply>(WriterProtocol.ICommand command) where TReply : WriterProtocol.IReply =>
        Assert.IsAssignableFrom<TReply>(Assert.Single(writes.Commit([command])));

    /// <summary>Sends it as after an unknown outcome: a second time, unchanged. The answer of the second time.</summary>
    public TReply CommitTwice<TReply>(WriterProtocol.ICommand command) where TReply : WriterProtocol.IReply
    {
        Commit<TReply>(command);
        return Commit<TReply>(command);
    }

    public JobId Create(JobLimits? limits = null, double at = 0, PageUrl? start = null) =>
        Commit<WriterProtocol.JobCreated>(new WriterProtocol.CreateJob(New(limits, start), After(at))).Job.Id;

    public static NewJob New(JobLimits? limits = null, PageUrl? start = null) => new(start ?? Home, limits ?? JobLimits.None, 5, false, false);

    public IReadOnlyList<Unit> Open(string host = "a.test", double at = 1e6) =>
        reads.ReadWindow(DomainName.Of(host, 80), After(at), 10_000).Units;

    public Unit Unit(JobId job, PageUrl url) => Open(url.Host).Single(unit => unit.Key.Job == job && unit.Url == url);

    /// <summary>Ends a job as its behaviour does, step by step.</summary>
    /// <param name="commit">Null commits each step, and sees that the tables agree after it.</param>
    public void End(JobId job, JobState outcome = JobState.Completed, string? reason = null, double at = 30, Func<WriterProtocol.ICommand, WriterProtocol.IReply>? commit = null)
    {
        commit ??= CommitAndCheck;
        commit(new WriterProtocol.BeginEnd(job, outcome, reason, After(at)));
        PageId? after = null;
        while (reads.ReadOpenUnits(job, WriterProtocol.MostEnded, after) is { Count: > 0 } open)
        {
            commit(new WriterProtocol.EndUnits(job, open, After(at)));
            after = open[^1];
        }
        foreach (var part in reads.ReadReport(job, CancellationToken.None)) commit(new WriterProtocol.SaveReport(job, part));
        Assert.IsType<WriterProtocol.JobEnded>(commit(new WriterProtocol.EndJob(job, outcome, reason, After(at))));
    }

    /// <summary>Opens a job again as its behaviour does, step by step.</summary>
    /// <param name="commit">As above.</param>
    public WriterProtocol.JobRetried Retry(JobId job, double at = 40, Func<WriterProtocol.ICommand, WriterProtocol.IReply>? commit = null)
    {
        commit ??= CommitAndCheck;
        PageId? after = null;
        while (reads.ReadRetryUnits(job, WriterProtocol.MostReopened, after) is { Count: > 0 } units)
        {
            commit(new WriterProtocol.ReopenUnits(job, units, After(at)));
            after = units[^1];
        }
        while (commit(new WriterProtocol.DropReport(job)) is WriterProtocol.ReportDropped { HasMore: true }) { }
        return Assert.IsType<WriterProtocol.JobRetried>(commit(new WriterProtocol.EndRetry(job, After(at))));
    }

    private WriterProtocol.IReply CommitAndCheck(WriterProtocol.ICommand step)
    {
        var reply = Assert.Single(writes.Commit([step]));
        Assert.Empty(Check());
        return reply;
    }

    public JobView View(JobId job) => pages.ReadJob(job)!;

    public void Find(JobId job, PageUrl from, params PageUrl[] found) =>
        Commit<WriterProtocol.LinksSaved>(Links(Unit(job, from).Key, [.. found.Select(url => new FoundUrl(url, 1, 0, "to " + url.PathAndQuery))]));

    public static WriterProtocol.SaveLinks Links(UnitKey source, IReadOnlyList<FoundUrl> found, params (PageUrl, ExclusionReason)[] excluded) =>
        new(source, 0, found, excluded, After(10));

    public WriterProtocol.CloseVisit Visited(
        JobId job, PageUrl url, StatusClass @class = StatusClass.Ok, int? status = 200, double at = 20, PageUrl? to = null, params (PageUrl, string)[] links) =>
        Visited(Unit(job, url).Key, url, @class, status, at, to, links);

    public static WriterProtocol.CloseVisit Visited(
        UnitKey key, PageUrl url, StatusClass @class = StatusClass.Ok, int? status = 200, double at = 20, PageUrl? to = null, params (PageUrl, string)[] links)
    {
        var visit = new Visit(
            key, @class, status, After(at), 40, 1_000, "text/html", to, "Title of " + url.PathAndQuery, null, false, false,
            @class == StatusClass.Broken ? "It answered " + status : null, 1,
            new VisitDetails("server: a", new Phases(default, default, default, TimeSpan.FromMilliseconds(30), default), links.Length, Pack(links)));
        return new WriterProtocol.CloseVisit(visit, Sent(key, at, status ?? 0), Memory(at, url.Domain), After(at + 1));
    }

    public static RequestMade Sent(UnitKey key, double at, int status, RequestKind kind = RequestKind.Page) => new(key.Job, key.Page, kind, After(at), 40, status);

    public static DomainMemory Memory(double at, DomainName? name = null, bool awake = true) => DomainMemory.Blank(name ?? Domain) with
    {
        Delay = TimeSpan.FromMilliseconds(500),
        LastStartAt = After(at),
        Awake = awake,
    };
}
