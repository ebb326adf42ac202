using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>A report outlives what it was made from, and whoever dies while it is written.</summary>
public sealed class ReportLifeSpecs : IDisposable
{
    private const int All = 100_000;
    private static readonly LargeJob _large = new(Pages: 10_000, Broken: 100, Sources: 30_000);

    private readonly TemporaryDirectory _directory = new();
    private readonly Purging _purging = new();
    private readonly SqliteStore _store;

    public ReportLifeSpecs() =>
        _store = SqliteStore.Open(_directory.Path, packed => OutlinksPack.Unpack(packed).Select(link => (link.Url.Text, link.Anchor)), null, _purging.Keeping);

    [Fact, Trait("Seeds", "R-1"), Trait("Seeds", "S-4")]
    public async Task A_10000_page_crawls_report_is_still_complete_after_details_and_visits_have_expired()
    {
        var job = _large.Put(_store);
        Assert.Empty(_store.CheckConsistency());

        // The process dies in the middle of it, and the next one goes on.
        await EndAsync(job, dieAfter: 25);
        Assert.Equal(JobState.Finishing, _store.Reads.ReadJob(job)!.State);
        Assert.Empty(_store.CheckConsistency());
        await EndAsync(job);
        Assert.Empty(_store.CheckConsistency());

        var (before, visits) = (Told(job), _store.Retention.Visits);
        JudgeWhole(job);
        var visitedAt = After(20);
        _purging.Purge(_store, visitedAt.AddHours(73));
        Assert.Equal((0, visits), (_store.Retention.Details, _store.Retention.Visits));
        Assert.Equal(before, Told(job));
        _purging.Purge(_store, visitedAt.AddHours(133));
        Assert.Equal((0, 0), (_store.Retention.Visits, Count("visits")));
        Assert.Equal(before, Told(job));
        Assert.Empty(_store.CheckConsistency());
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private async Task EndAsync(JobId job, int? dieAfter = null)
    {
        var died = new TaskCompletionSource();
        var writes = new MortalStore(_store.Writes, dieAfter, died.SetResult);
        var settings = new LocalSettings(new CrawlSettings(), WriterQueueSettings.Default, null, TimeSpan.FromSeconds(1), (_, surprise) => throw surprise);
        await using var runtime = new LocalRuntime(new PoolScheduler(TimeProvider.System), _store.Reads, writes, new NoWeb(), settings);
        runtime.Start();
        await (dieAfter is null ? runtime.WhenEndedAsync(job, CancellationToken.None) : died.Task);
    }

    /// <summary>Everything that a job tells beyond its list of pages, as text.</summary>
    private IReadOnlyList<string> Told(JobId job)
    {
        var reads = _store.Reads;
        var broken = reads.ReadBroken(job, All, null);
        return
        [
            reads.ReadJob(job)!.Counts.ToString(),
            .. reads.ReadSums(job).Select(sum => sum.ToString()),
            .. broken.Select(Text),
            .. broken.SelectMany(page => reads.ReadSources(job, page.Page, All, null).Select(source => $"{page.Url} {source}")),
            .. reads.ReadRedirects(job, All, null).Select(Text),
            .. reads.ReadSlow(job, All, null).Select(Text),
            .. reads.ReadExcluded(job).Select(excluded => $"{excluded.Why} {excluded.Count} {string.Join(' ', excluded.Examples)}"),
            .. reads.ReadSitemaps(job).Select(sitemap => sitemap.ToString()),
        ];
    }

    private static string Text(ReportPage page) => $"{page with { Chain = [] }} {string.Join(" > ", page.Chain)}";

    /// <summary>What the report says is what the pages said.</summary>
    private void JudgeWhole(JobId job)
    {
        var reads = _store.Reads;
        var broken = reads.ReadBroken(job, All, null);
        Assert.Equal(_large.Broken, broken.Count);
        // The pages whose link to the first one is a redirect are sources of it too.
        Assert.Equal(LargeJob.Gone(0), broken[0].Url);
        var expected = Enumerable.Range(0, _large.Pages).SelectMany(page => _large.BrokenLinks(page).Select(link => (link.Broken, Page: LargeJob.Page(page).Text, link.Anchor))).ToLookup(link => link.Broken);
        foreach (var page in broken.Where(page => page.Url != LargeJob.Gone(0)))
        {
            var links = expected[int.Parse(page.Url.PathAndQuery["/gone/".Length..], System.Globalization.CultureInfo.InvariantCulture)].DistinctBy(link => link.Page).ToDictionary(link => link.Page, link => link.Anchor);
            var sources = reads.ReadSources(job, page.Page, All, null);
            Assert.Equal(links.Count, page.SourceCount);
            Assert.Equal(links, sources.ToDictionary(source => source.Page.Text, source => source.Anchor));
        }
        Assert.Equal(expected[0].Select(link => link.Page).Concat(Enumerable.Range(1, LargeJob.Redirects - 1).Select(page => LargeJob.Page(page).Text)).Distinct().Count(), broken[0].SourceCount);

        var redirects = reads.ReadRedirects(job, All, null);
        Assert.Equal(2 * LargeJob.Redirects, redirects.Count);
        Assert.Equal(
            [new ReportHop(LargeJob.MovedOn(7), StatusClass.Redirected, 302), new ReportHop(LargeJob.Gone(0), StatusClass.Broken, 404)], redirects.Single(page => page.Url == LargeJob.Moved(7)).Chain);
        Assert.Equal([LargeJob.MovedOn(0), LargeJob.Moved(0)], redirects.Single(page => page.Url == LargeJob.Moved(0)).Chain.Select(hop => hop.Url));

        var slow = reads.ReadSlow(job, All, null);
        Assert.Equal(500, slow.Count);
        Assert.Equal((2_502, TimeSpan.FromMilliseconds(2_499)), (slow[0].Milliseconds, slow[0].Phases!.Value.FirstByte));
        Assert.Equal(2, reads.ReadExcluded(job).Count);
        Assert.Equal(_large.Pages, Assert.Single(reads.ReadSitemaps(job)).Content.Urls);
        // The page before it, and the twenty that have it among the twenty that they link to.
        Assert.Equal(21, slow[0].SourceCount);
    }

    private int Count(string table) => int.Parse(_store.Writing.Ask($"SELECT count(*) FROM {table}"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A store whose process is killed after so many turns: nothing more is stored or answered.</summary>
    private sealed class MortalStore(IWriteStore store, int? turns, Action die) : IWriteStore
    {
        private int _turns;

        public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
        {
            if (++_turns == turns) die();
            return _turns > turns ? throw new StoreUnavailableException("The process is dead.", full: false) : store.Commit(commands);
        }
    }

    private sealed class NoWeb : IWeb
    {
        public Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, CancellationToken stop) => throw new InvalidOperationException($"{request.Url} was asked for.");

        public Task<FetchOutcome> FetchSitemapAsync(FetchRequest request, IDeparture departure, StorePart store, CancellationToken stop) => FetchAsync(request, departure, stop);
    }
}
