using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>Jobs that ended before reports were kept by value: what is known of them is read as before.</summary>
public sealed class FormerReportSpecs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;
    private readonly StoreFixture _fixture;
    private readonly JobId _job;
    private readonly PageId _dead;

    public FormerReportSpecs()
    {
        _store = SqliteStore.Open(_directory.Path, Unpack);
        _fixture = Of(_store);
        _job = _fixture.Create();
        _fixture.Find(_job, Home, Url("/page"), Url("/dead"));
        foreach (var url in new[] { Home, Url("/page") }) _fixture.Commit<WriterProtocol.UnitClosed>(_fixture.Visited(_job, url));
        _dead = _fixture.Unit(_job, Url("/dead")).Key.Page;
        _fixture.Commit<WriterProtocol.UnitClosed>(_fixture.Visited(_job, Url("/dead"), StatusClass.Broken, 404));
        _fixture.Commit<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(_job, [_fixture.Unit(_job, Home.Robots).Key.Page], null, After(21)));
        // As the version before left it.
        _store.Writing.Execute(
            $"""
             UPDATE jobs SET state = 3, ended_at = 1, summed = 0; DELETE FROM job_sums;
             INSERT INTO broken_sources SELECT {_job.Value}, {_dead.Value}, page_id, 'a link' FROM visits WHERE class = 0;
             """);
    }

    [Fact, Trait("Seeds", "R-1")]
    public void Its_broken_pages_come_with_the_sources_of_that_time()
    {
        var broken = Assert.Single(_store.Reads.ReadBroken(_job, 10, null));
        Assert.Equal((Url("/dead"), 2), (broken.Url, broken.SourceCount));
        Assert.Equal([new ReportSource(0, Home, "a link"), new ReportSource(1, Url("/page"), "a link")], _store.Reads.ReadSources(_job, _dead, 10, null));
        Assert.Equal(Url("/page"), Assert.Single(_store.Reads.ReadSources(_job, _dead, 10, 0)).Page);
    }

    [Fact]
    public void Its_visits_are_counted_when_they_are_asked_for()
    {
        Assert.Contains(new SumView(SumKind.Status, 200, 2), _store.Reads.ReadSums(_job));
        Assert.DoesNotContain(_store.Reads.ReadSums(_job), sum => sum.Kind == SumKind.Issue);
    }

    [Fact]
    public void Opened_again_it_ends_with_a_report_of_its_own()
    {
        _fixture.Retry(_job);
        Assert.Equal("0", _store.Writing.Ask("SELECT count(*) FROM broken_sources"));
        _fixture.Commit<WriterProtocol.UnitClosed>(_fixture.Visited(_job, Url("/dead"), StatusClass.Broken, 410, at: 50));
        _fixture.End(_job, at: 60);
        Assert.Equal(410, Assert.Single(_store.Reads.ReadBroken(_job, 10, null)).Status);
        Assert.Equal(2, _store.Reads.ReadSlow(_job, 10, null).Count);
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _directory.Dispose();
    }
}
