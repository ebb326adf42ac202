using Amble.App.Export;
using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;

namespace Amble.Host.Specs.Export;

/// <summary>A job in memory that exports read from, and what they took so far.</summary>
internal sealed class ScriptedSource : IExportSource
{
    private readonly List<PageRow> _pages = [];
    private readonly List<(BrokenRow Row, LinkRow[] Links)> _broken = [];
    private readonly List<RedirectRow> _redirects = [];

    public JobFindings Findings { get; set; } = new([], [], []);

    /// <summary>Links to a broken page that are counted and not kept.</summary>
    public int MoreSources { get; set; }

    public string Start { get; init; } = "https://example.org/";

    /// <summary>Rows given out.</summary>
    public long Given { get; private set; }

    public Action OnSlice { get; set; } = () => { };

    public JobSummary Summary => Job(1);

    public JobSummary Job(long id, string state = "completed") => JobSummary.Of(
        new FakeNode().Add(Start, JobState.Completed, FakeNode.Counts(
            Count(StatusClass.Ok), Count(StatusClass.Broken), Count(StatusClass.Refused), Count(StatusClass.Redirected), Count(StatusClass.Unknown))),
        null) with
    { Job = id, State = state };

    public ExportInput Input(StatusClass? only = null, BaselineComparison? baseline = null) => new(this, [Summary], only, baseline);

    public ScriptedSource Page(string url, StatusClass @class = StatusClass.Ok, int? status = 200, Func<VisitView, VisitView>? like = null)
    {
        var visit = FakeNode.Visit(url, @class, status) with { Page = new PageId(_pages.Count + 1) };
        _pages.Add(PageRow.Of(new JobId(1), like?.Invoke(visit) ?? visit));
        return this;
    }

    /// <summary>A broken page with the pages that link to it.</summary>
    public ScriptedSource Broken(string url, params (string Page, string Anchor)[] links)
    {
        Page(url, StatusClass.Broken, 404);
        var row = new ReportPage(_broken.Count, new PageId(_pages.Count), PageUrl.FromStored(url), StatusClass.Broken, 404, null, null, 1, 40, links.Length + MoreSources, [], null);
        _broken.Add((BrokenRow.Of(row), [.. links.Select((link, number) => LinkRow.Of(new ReportSource(number, PageUrl.FromStored(link.Page), link.Anchor)))]));
        return this;
    }

    public ScriptedSource Redirect(string url, params string[] chain)
    {
        Page(url, StatusClass.Redirected, 301);
        var hops = chain.Select(hop => new ReportHop(PageUrl.FromStored(hop), StatusClass.Ok, 200)).ToList();
        _redirects.Add(RedirectRow.Of(new ReportPage(
            _redirects.Count, new PageId(_pages.Count), PageUrl.FromStored(url), StatusClass.Redirected, 301, null, null, 1, 40, 0, hops, null)));
        return this;
    }

    public Task<JobFindings> ReadFindingsAsync(JobId job, CancellationToken stop) => Task.FromResult(Findings);

    public Task<Slice<PageRow>> ReadPagesAsync(JobId job, StatusClass? only, int limit, long? after, CancellationToken stop) =>
        Give(_pages.Where(page => only is null || page.Class == ClassNames.Of(only.Value)), limit, row => row.Page, after);

    public Task<Slice<BrokenRow>> ReadBrokenAsync(JobId job, int limit, long? after, CancellationToken stop) =>
        Give(_broken.Select(broken => broken.Row), limit, row => row.Rank, after);

    public Task<Slice<LinkRow>> ReadSourcesAsync(JobId job, long page, int limit, long? after, CancellationToken stop) =>
        Give(_broken.Single(broken => broken.Row.Page == page).Links, limit, row => row.Number, after);

    public Task<Slice<RedirectRow>> ReadRedirectsAsync(JobId job, int limit, long? after, CancellationToken stop) => Give(_redirects, limit, row => row.Rank, after);

    private long Count(StatusClass @class) => _pages.LongCount(page => page.Class == ClassNames.Of(@class));

    private Task<Slice<T>> Give<T>(IEnumerable<T> rows, int limit, Func<T, long> key, long? after)
    {
        OnSlice();
        var slice = Slices.Of(rows.Where(row => after is null || key(row) > after).Take(limit).ToList(), limit, key);
        Given += slice.Items.Count;
        return Task.FromResult(slice);
    }
}
