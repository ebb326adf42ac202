using Amble.App.Sql;
using Amble.App.Sql.Reading;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

public sealed class LiveReadsSpecs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;
    private readonly StoreFixture _fixture;
    private readonly JobId _job;

    public LiveReadsSpecs()
    {
        _store = SqliteStore.Open(_directory.Path, Unpack);
        _fixture = Of(_store);
        _job = _fixture.Create();
        _fixture.Find(_job, Home, [.. Enumerable.Range(1, 9).Select(i => Url($"/{i}"))]);
    }

    public void Dispose()
    {
        Assert.Empty(_fixture.Check());
        _fixture.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Before_the_first_visit_there_is_nothing_and_a_place_before_it() =>
        Assert.Equal((default(VisitMark), 0L, 0), Told(Read(default(VisitMark))));

    [Fact]
    public void What_somebody_should_look_at_is_told_in_the_order_of_its_commits_with_where_it_was_found()
    {
        Visit("/5", StatusClass.Broken, 404);
        Visit("/1", StatusClass.Ok, 200);
        Visit("/3", StatusClass.Refused, 403);
        Visit("/2", StatusClass.Redirected, 301);
        Visit("/4", StatusClass.Unknown, -1);

        var read = Read(default(VisitMark));

        Assert.Equal(
            [("/5", StatusClass.Broken, 404), ("/3", StatusClass.Refused, 403), ("/4", StatusClass.Unknown, -1)],
            read.Visits.Select(visit => (visit.Url.PathAndQuery, visit.Class, visit.Status!.Value)));
        Assert.All(read.Visits, visit => Assert.Equal(Home, visit.Source));
        Assert.Equal((5, 0L), (read.Head.Number, read.From));
        Assert.Equal(["/4"], Read(read.Visits[1].Mark).Visits.Select(visit => visit.Url.PathAndQuery));
    }

    [Fact]
    public void Other_jobs_move_the_place_and_are_not_told()
    {
        var other = _fixture.Create(start: Url("/other"), at: 1);
        _fixture.Commit<WriterProtocol.UnitClosed>(_fixture.Visited(other, Url("/other"), StatusClass.Broken, 404));

        Assert.Equal((1L, 0), (Read(default(VisitMark)).Head.Number, Read(default(VisitMark)).Visits.Count));
    }

    [Fact]
    public void A_read_that_would_be_too_long_tells_the_newest_and_from_where_they_are_all_there()
    {
        for (var i = 1; i <= 6; i++) Visit($"/{i}", StatusClass.Broken, 404);

        var byRows = _store.Reads.ReadLive(_job, [default], mostRows: 2, mostVisits: 100)!;
        Assert.Equal((4L, "/5 /6"), (byRows.From, Paths(byRows)));
        var byVisits = _store.Reads.ReadLive(_job, [default], mostRows: 100, mostVisits: 3)!;
        Assert.Equal((3L, "/4 /5 /6"), (byVisits.From, Paths(byVisits)));
    }

    [Fact]
    public void A_place_is_lost_when_a_retry_took_its_visit_and_its_number_came_again()
    {
        Visit("/1", StatusClass.Ok, 200);
        Visit("/2", StatusClass.Broken, 404);
        var before = Read(default(VisitMark));
        _fixture.Retry(_job, at: 100);
        Assert.Equal([true, false], Read(before.Visits[0].Mark with { Number = 1, Stamp = StoredTime.Milliseconds(After(20)) }, before.Head).Intact);

        Visit("/2", StatusClass.Broken, 410, at: 200);
        var after = Read(before.Head);
        Assert.Equal((before.Head.Number, false), (after.Head.Number, Assert.Single(after.Intact)));
        Assert.Equal([true], Read(after.Head).Intact);
    }

    [Fact]
    public void A_job_that_is_not_there_is_none() => Assert.Null(_store.Reads.ReadLive(new JobId(77), [], 10, 10));

    [Fact]
    public void Every_look_goes_by_number_however_many_visits_there_are()
    {
        Assert.Equal(["SEARCH visits USING INTEGER PRIMARY KEY (rowid=?)", "SCALAR SUBQUERY 1", "SEARCH visits"], Plan(LiveReads.Head));
        Assert.Equal(["SEARCH visits USING INTEGER PRIMARY KEY (rowid=?)"], Plan(LiveReads.Stamp));
        Assert.Equal(
            ["SEARCH v USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)",
                "SEARCH f USING PRIMARY KEY (job_id=? AND page_id=?) LEFT-JOIN", "SEARCH s USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN"],
            Plan(LiveReads.Range));
    }

    private LiveRead Read(params VisitMark[] marks) => _store.Reads.ReadLive(_job, marks, 1000, 100)!;

    private static (VisitMark, long, int) Told(LiveRead read) => (read.Head, read.From, read.Visits.Count);

    private static string Paths(LiveRead read) => string.Join(' ', read.Visits.Select(visit => visit.Url.PathAndQuery));

    private void Visit(string path, StatusClass @class, int status, double at = 20) =>
        _fixture.Commit<WriterProtocol.UnitClosed>(_fixture.Visited(_job, Url(path), @class, status, at));

    private IReadOnlyList<string> Plan(string sql)
    {
        var steps = new List<string>();
        using var plan = new SqliteStatement(_store.Writing.Connection.Handle!, "EXPLAIN QUERY PLAN " + sql);
        while (plan.Step()) steps.Add(plan.Text(3));
        return steps;
    }
}
