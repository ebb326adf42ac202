using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Writing;
using Amble.Messages;
using SQLitePCL;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>No command of a job's end or of a retry touches more rows than a short turn has time for, however large the job is.</summary>
public sealed class ShortTurnsSpecs : IDisposable
{
    private const int Pages = 50_000;

    // The rows that a command names, and beside them the job's own row, a few sums, and its domain.
    private const int MostRows = 500 + 20;

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;
    private readonly StoreFixture _fixture;

    public ShortTurnsSpecs()
    {
        _store = SqliteStore.Open(_directory.Path, packed => OutlinksPack.Unpack(packed).Select(link => (link.Url.Text, link.Anchor)));
        _fixture = Of(_store);
    }

    [Fact, Trait("Seeds", "S-2")]
    public void The_end_and_the_retry_of_50000_open_pages_touch_500_rows_a_command()
    {
        var job = _fixture.Create();
        var home = _fixture.Unit(job, Home).Key;
        foreach (var some in Enumerable.Range(0, Pages).Chunk(500))
            _store.Writes.Commit([Links(home, [.. some.Select(page => new FoundUrl(LargeJob.Page(page), 1, 0, "a page"))])]);

        var end = new Steps(_store);
        _fixture.End(job, JobState.Cancelled, commit: end.Commit);
        Assert.InRange(end.MostRows, 1, MostRows);
        Assert.Equal((0, Pages + 1), (_fixture.View(job).Pending, _fixture.View(job).Counts.Unknown));

        var retry = new Steps(_store);
        Assert.Equal(Pages + 2, _fixture.Retry(job, commit: retry.Commit).Pending);
        Assert.InRange(retry.MostRows, 1, MostRows);
        Assert.Equal((Pages + 2, 0), (_fixture.View(job).Pending, _fixture.View(job).Counts.Unknown));
        Assert.Empty(_fixture.Check());
    }

    [Fact, Trait("Seeds", "S-2")]
    public void The_report_of_many_sources_is_written_and_taken_away_in_500_rows_a_command()
    {
        var job = new LargeJob(Pages: 3_000, Broken: 400, Sources: 12_000).Put(_store);
        var end = new Steps(_store);
        _fixture.End(job, commit: end.Commit);
        Assert.InRange(end.MostRows, 1, MostRows);
        Assert.InRange(_fixture.Reports.ReadBroken(job, 1_000, null).Sum(page => page.SourceCount), 12_000, 12_000 + LargeJob.Redirects - 1);

        var retry = new Steps(_store);
        _fixture.Retry(job, commit: retry.Commit);
        Assert.InRange(retry.MostRows, 1, MostRows);
        Assert.Empty(_fixture.Check());
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _directory.Dispose();
    }

    /// <summary>Commits one command at a time and sees how many rows it changed, and that its weight says so.</summary>
    private sealed class Steps(SqliteStore store)
    {
        public int MostRows { get; private set; }

        public WriterProtocol.IReply Commit(WriterProtocol.ICommand step)
        {
            var before = raw.sqlite3_total_changes(store.Writing.Connection.Handle);
            var reply = store.Writes.Commit([step])[0];
            var touched = raw.sqlite3_total_changes(store.Writing.Connection.Handle) - before;
            MostRows = Math.Max(MostRows, touched);
            Assert.InRange(CommandSize.Weight(step), Math.Min(touched - 20, ReportPart.MostRows), ReportPart.MostRows + 1);
            Assert.InRange(CommandSize.Bytes(step), 0, 4 * ReportPart.MostBytes);
            return reply;
        }
    }
}
