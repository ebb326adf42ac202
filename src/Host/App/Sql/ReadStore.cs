using System.Text.Json;
using Amble.App.Sql.Reading;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql;

/// <summary>
/// Reads by connections of their own, so that no read waits for the writer and no write waits for a read; every answer is a committed
/// state. Used by any number of threads.
/// </summary>
public sealed class ReadStore : IReadStore, IPageReads, IPageLists
{
    private readonly ReadPool _pool;
    private readonly EndingReads _endings;
    private readonly IReadOnlySet<string>? _starts;
    // The same as a JSON array, for a statement.
    private readonly string? _only;

    internal ReadStore(ReadPool pool, UnpackOutlinks unpack)
        : this(pool, new EndingReads(pool, unpack), null)
    {
    }

    private ReadStore(ReadPool pool, EndingReads endings, HashSet<string>? starts)
    {
        (_pool, _endings, _starts) = (pool, endings, starts);
        _only = starts is null ? null : JsonSerializer.Serialize<IEnumerable<string>>(starts);
    }

    /// <summary>The same store for a crawl of these start URLs alone: other jobs' units, domains and lives are not given out.</summary>
    public ReadStore OnlyFor(IEnumerable<PageUrl> starts) => new(_pool, _endings, starts.Select(start => start.Text).ToHashSet(StringComparer.Ordinal));

    /// <inheritdoc cref="IReadStore.ReadDomain" />
    public DomainRead ReadDomain(DomainName domain) => _pool.Read(database => DomainReads.ReadDomain(database, domain));

    /// <inheritdoc />
    public WindowRead ReadWindow(DomainName domain, DateTimeOffset now, int limit) =>
        _pool.Read(database => DomainReads.ReadWindow(database, domain, now, limit, _starts));

    /// <inheritdoc />
    public IReadOnlyList<DomainName> ReadDue(DateTimeOffset now, int limit) => _pool.Read(database => DomainReads.ReadDue(database, now, limit, _only));

    /// <inheritdoc />
    public IReadOnlyList<JobProtocol.TakeUp> ReadUnfinishedJobs() => _pool.Read(database => JobReads.ReadUnfinished(database, _only));

    /// <inheritdoc />
    public JobProtocol.TakeUp? ReadUnfinishedJob(JobId job) => _pool.Read(database => JobReads.ReadUnfinished(database, job));

    /// <inheritdoc />
    public JobEnding ReadEnding(JobId job) => _endings.Read(job);

    /// <inheritdoc />
    public IReadOnlyList<JobView> ReadJobs(int limit, JobId? before, string? site) =>
        _pool.Read(database => JobReads.ReadMany(database, limit, before, site));

    /// <inheritdoc />
    public JobView? ReadJob(JobId job) => _pool.Read(database => JobReads.ReadOne(database, job));

    /// <inheritdoc />
    public JobView? ReadUnfinished(PageUrl start) => _pool.Read(database => JobReads.ReadUnfinished(database, start));

    /// <inheritdoc />
    public IReadOnlyList<VisitView> ReadVisits(JobId job, StatusClass? only, int limit, PageId? after) =>
        _pool.Read(database => VisitReads.ReadMany(database, job, only, limit, after));

    /// <inheritdoc />
    public IReadOnlyList<BrokenView> ReadBroken(JobId job, int limit, PageId? after) =>
        _pool.Read(database => VisitReads.ReadBroken(database, job, limit, after));

    /// <inheritdoc />
    public IReadOnlyList<ExcludedView> ReadExcluded(JobId job) => _pool.Read(database => VisitReads.ReadExcluded(database, job));

    /// <inheritdoc />
    public IReadOnlyList<SitemapView> ReadSitemaps(JobId job) => _pool.Read(database => SitemapReads.ReadAll(database, job));

    /// <inheritdoc />
    public PageList ReadPages(JobId job, PageQuery query) => _pool.Read(database => PageListReads.Read(database, job, query));

    /// <inheritdoc />
    public PageView? ReadPage(PageId page) => _pool.Read(database => OnePageReads.Read(database, page));

    /// <inheritdoc />
    public IReadOnlyList<(JobId Job, VisitView Visit)> ReadVisitsOf(PageId page, int limit) =>
        _pool.Read(database => OnePageReads.ReadVisits(database, page, limit));

    /// <inheritdoc />
    public VisitDetails? ReadDetails(JobId job, PageId page) => _pool.Read(database => OnePageReads.ReadDetails(database, job, page));

    /// <inheritdoc />
    public SourceView? ReadFoundOn(JobId job, PageId page) => _pool.Read(database => OnePageReads.ReadFoundOn(database, job, page));

    /// <inheritdoc />
    public IReadOnlyList<ReportHop> ReadChain(JobId job, PageId page) => _pool.Read(database => OnePageReads.ReadChain(database, job, page));
}
