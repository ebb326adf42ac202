using System.Text.Json;
using Amble.App.Sql.Periods;
using Amble.App.Sql.Reading;
using Amble.App.Sql.Reading.Reports;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql;

/// <summary>
/// Reads by connections of their own, so that no read waits for the writer and no write waits for a read; every answer is a committed
/// state. Used by any number of threads.
/// </summary>
public sealed class ReadStore : IReadStore, IPageReads, IReportReads, IPageLists, ILiveReads, IInspectionReads, IAccessReads, ICardReads, IPolitenessReads
{
    private readonly ReadPool _pool;
    private readonly IPeriodReads _periods;
    private readonly DetailReads _details;
    private readonly PolitenessMaking _politeness;
    private readonly Ages _ages;
    private readonly UnpackOutlinks _unpack;
    private readonly IReadOnlySet<string>? _starts;
    // The same as a JSON array, for a statement.
    private readonly string? _only;

    internal ReadStore(ReadPool pool, IPeriodReads periods, Ages ages, UnpackOutlinks unpack)
        : this(pool, periods, ages, unpack, null)
    {
    }

    private ReadStore(ReadPool pool, IPeriodReads periods, Ages ages, UnpackOutlinks unpack, HashSet<string>? starts)
    {
        (_pool, _periods, _ages, _unpack, _starts) = (pool, periods, ages, unpack, starts);
        _details = new DetailReads(periods);
        _politeness = new PolitenessMaking(pool, new RequestScan(pool, periods));
        _only = starts is null ? null : JsonSerializer.Serialize<IEnumerable<string>>(starts);
    }

    /// <summary>The same store for a crawl of these start URLs alone: other jobs' units, domains and lives are not given out.</summary>
    public ReadStore OnlyFor(IEnumerable<PageUrl> starts) => new(_pool, _periods, _ages, _unpack, starts.Select(start => start.Text).ToHashSet(StringComparer.Ordinal));

    /// <inheritdoc cref="IReadStore.ReadDomain" />
    public DomainRead ReadDomain(DomainName domain) => _pool.Read(database => DomainReads.ReadDomain(database, domain));

    /// <inheritdoc />
    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit) =>
        _pool.Read(database => DomainReads.ReadWindow(database, domain, now, limit, _starts));

    /// <inheritdoc />
    public PageCopy? ReadCopy(PageId page) => _pool.Read(database => CopyReads.Read(database, _details, _ages, page));

    /// <inheritdoc />
    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => _pool.Read(database => DomainReads.ReadDue(database, now, limit, _only));

    /// <inheritdoc />
    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => _pool.Read(database => JobReads.ReadUnfinished(database, _only));

    /// <inheritdoc />
    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => _pool.Read(database => JobReads.ReadUnfinished(database, job));

    /// <inheritdoc />
    public IReadOnlyList<DomainName> ReadOpenDomains(JobId job) => _pool.Read(database => StepReads.ReadOpenDomains(database, job));

    /// <inheritdoc />
    public IReadOnlyList<PageId> ReadOpenUnits(JobId job, int limit, PageId? after) => _pool.Read(database => StepReads.ReadOpenUnits(database, job, limit, after));

    /// <inheritdoc />
    public IReadOnlyList<PageId> ReadRetryUnits(JobId job, int limit, PageId? after) => _pool.Read(database => StepReads.ReadRetryUnits(database, _ages, job, limit, after));

    /// <inheritdoc />
    public IEnumerable<ReportPart> ReadReport(JobId job, CancellationToken stop) => new ReportMaking(_pool, _details, _politeness, _ages, _unpack, stop).Make(job);

    /// <inheritdoc />
    public string? ReadStartProblem(JobId job) => _pool.Read(database => StartProblemReads.Read(database, _ages, job));

    /// <inheritdoc />
    public IReadOnlyList<JobView> ReadJobs(int limit, JobId? before, string? site) =>
        _pool.Read(database => JobReads.ReadMany(database, limit, before, site));

    /// <inheritdoc />
    public JobView? ReadJob(JobId job) => _pool.Read(database => JobReads.ReadOne(database, job));

    /// <inheritdoc />
    public JobView? ReadUnfinished(PageUrl start) => _pool.Read(database => JobReads.ReadUnfinished(database, start));

    /// <inheritdoc />
    public IReadOnlyList<VisitView> ReadVisits(JobId job, StatusClass? only, int limit, PageId? after) =>
        _pool.Read(database => VisitReads.ReadMany(database, _ages, job, only, limit, after));

    /// <inheritdoc />
    public IReadOnlyList<ExcludedView> ReadExcluded(JobId job) => _pool.Read(database => VisitReads.ReadExcluded(database, job));

    /// <inheritdoc />
    public IReadOnlyList<SitemapView> ReadSitemaps(JobId job) => _pool.Read(database => SitemapReads.ReadAll(database, job));

    /// <inheritdoc />
    public IReadOnlyList<SumView> ReadSums(JobId job) => _pool.Read(database => SumReads.Read(database, _ages, job));

    /// <inheritdoc />
    public IReadOnlyList<ReportPage> ReadBroken(JobId job, int limit, int? after) =>
        _pool.Read(database => ReportReads.ReadPages(database, _details, _ages, job, ReportList.Broken, limit, after));

    /// <inheritdoc />
    public IReadOnlyList<ReportSource> ReadSources(JobId job, PageId target, int limit, int? after) =>
        _pool.Read(database => ReportReads.ReadSources(database, job, target, limit, after));

    /// <inheritdoc />
    public IReadOnlyList<ReportPage> ReadRedirects(JobId job, int limit, int? after) =>
        _pool.Read(database => ReportReads.ReadPages(database, _details, _ages, job, ReportList.Redirected, limit, after));

    /// <inheritdoc />
    public IReadOnlyList<ReportPage> ReadSlow(JobId job, int limit, int? after) =>
        _pool.Read(database => ReportReads.ReadPages(database, _details, _ages, job, ReportList.Slow, limit, after));

    /// <inheritdoc />
    public PolitenessRead ReadPoliteness(JobId job, CancellationToken stop) => PolitenessReads.Read(_pool, _politeness, job, stop);

    /// <inheritdoc />
    public DomainPoliteness? ReadPoliteness(DomainName domain, DateTimeOffset since, CancellationToken stop) => _politeness.Make(domain, since, stop);

    /// <inheritdoc />
    public PageList ReadPages(JobId job, PageQuery query) => _pool.Read(database => PageListReads.Read(database, _ages, job, query));

    /// <inheritdoc />
    public PageView? ReadPage(PageId page) => _pool.Read(database => OnePageReads.Read(database, page));

    /// <inheritdoc />
    public IReadOnlyList<(JobId Job, VisitView Visit)> ReadVisitsOf(PageId page, int limit) =>
        _pool.Read(database => OnePageReads.ReadVisits(database, _ages, page, limit));

    /// <inheritdoc />
    public VisitDetails? ReadDetails(JobId job, PageId page) => _pool.Read(database => OnePageReads.ReadDetails(database, _details, _ages, job, page));

    /// <inheritdoc />
    public ReportSource? ReadFoundOn(JobId job, PageId page) => _pool.Read(database => OnePageReads.ReadFoundOn(database, job, page));

    /// <inheritdoc />
    public IReadOnlyList<ReportHop> ReadChain(JobId job, PageId page) => _pool.Read(database => OnePageReads.ReadChain(database, _ages, job, page));

    /// <inheritdoc />
    public IReadOnlyList<DueDomain> ReadDueDomains(DateTimeOffset now, int limit) => _pool.Read(database => InspectionReads.ReadDueDomains(database, now, limit));

    /// <inheritdoc />
    public IReadOnlyList<MetUrl> ReadMet(PageUrl url, int limit) => _pool.Read(database => InspectionReads.ReadMet(database, _ages, url, limit));

    /// <inheritdoc />
    public Views ReadViews(string path) => _pool.Read(database => AccessReads.ReadViews(database, path));

    /// <summary>Views by people, one number for each path.</summary>
    internal IReadOnlyList<long> ReadPeople(IReadOnlyList<string> paths) => _pool.Read(database => AccessReads.ReadPeople(database, paths));

    /// <inheritdoc />
    public IReadOnlyList<DayViews> ReadDays(string path, int limit) => _pool.Read(database => AccessReads.ReadDays(database, path, limit));

    /// <inheritdoc />
    public IReadOnlyList<DayViews> ReadAllDays(DateOnly from) => _pool.Read(database => AccessReads.ReadAllDays(database, from));

    /// <inheritdoc />
    public IReadOnlyList<KeptHits> ReadKept() => _pool.Read(AccessReads.ReadKept);

    /// <inheritdoc />
    public IReadOnlyList<ToldGap> ReadGaps(int limit) => _pool.Read(database => AccessReads.ReadGaps(database, limit));

    /// <inheritdoc />
    public LiveRead? ReadLive(JobId job, IReadOnlyList<VisitMark> marks, int mostRows, int mostVisits) =>
        _pool.Read(database => LiveReads.Read(database, _ages, job, marks, mostRows, mostVisits));

    /// <inheritdoc />
    public CardStanding? ReadStanding(CardSubject subject) => _pool.Read(database => CardReads.ReadStanding(database, subject));

    /// <inheritdoc />
    public byte[]? ReadCard(string hash) => _pool.Read(database => CardReads.ReadCard(database, hash));

    /// <inheritdoc />
    public bool HasCard(string hash) => _pool.Read(database => CardReads.HasCard(database, hash));

    /// <inheritdoc />
    public CardSubject? FindSite(DomainName domain) => _pool.Read(database => CardReads.FindSite(database, domain));

    /// <inheritdoc />
    public DomainName? ReadSite(CardSubject site) => _pool.Read(database => CardReads.ReadSite(database, site));

    /// <inheritdoc />
    public IReadOnlyList<PageId> ReadUncarded(JobId job, DateTimeOffset now, int limit) => _pool.Read(database => CardReads.ReadUncarded(database, job, now, limit));

    /// <inheritdoc />
    public long CountUncarded(JobId job) => _pool.Read(database => CardReads.CountUncarded(database, job));

    /// <inheritdoc />
    public IReadOnlyList<(JobId Job, long Left)> ReadLeft(int limit) => _pool.Read(database => CardReads.ReadLeft(database, limit));

    /// <inheritdoc />
    public IReadOnlyList<(CardSubject Subject, string Hash)> ReadNamed(CardSubject? after, int limit) => _pool.Read(database => CardReads.ReadNamed(database, after, limit));

    /// <inheritdoc />
    public CardSums ReadCardSums(DateTimeOffset now) => _pool.Read(database => CardReads.ReadSums(database, now));
}
