using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>What every store must do, whichever its engine. After each case the tables agree with the counters.</summary>
public abstract partial class StoreContract : IDisposable
{
    private StoreFixture? _store;

    protected StoreFixture Store => _store ??= OpenStore();

    protected abstract StoreFixture OpenStore();

    /// <summary>An empty one in which what is stored expires.</summary>
    protected abstract IStore OpenKeeping(StoreKeeping keeping);

    public virtual void Dispose()
    {
        if (_store is null) return;
        Assert.Empty(_store.Check());
        _store.Dispose();
    }

    [Fact]
    public void A_new_job_has_its_start_page_and_its_robots_file_pending()
    {
        var job = Store.Create();
        Assert.Equal([(Home, UnitKind.Page), (Home.Robots, UnitKind.Robots)], Store.Open().Select(unit => (unit.Url, unit.Kind)));
        Assert.Equal((2, 1, JobState.Running), (Store.View(job).Pending, Store.View(job).Pages, Store.View(job).State));
    }

    [Fact]
    public void A_job_comes_back_as_it_was_asked_for()
    {
        var asked = new NewJob(Url("/a?b=ü"), new JobLimits(10, 3, ["/a*", "\"x\""], ["*.pdf"]), 7, true, true);
        var created = Store.Commit<WriterProtocol.JobCreated>(new WriterProtocol.CreateJob(asked, Start));
        var read = Store.View(created.Job.Id).Job.Asked;
        Assert.Equal(asked with { Limits = JobLimits.None }, read with { Limits = JobLimits.None });
        Assert.Equal(asked.Limits.Include, read.Limits.Include);
        Assert.Equal(asked.Limits.Exclude, read.Limits.Exclude);
        Assert.Equal((10, 3), (read.Limits.MaxPages, read.Limits.MaxDepth));
    }

    [Fact]
    public void A_creation_sent_twice_is_one_job_and_another_wish_is_another()
    {
        var create = new WriterProtocol.CreateJob(New(), Start);
        var first = Store.Commit<WriterProtocol.JobCreated>(create);
        Assert.Equal(first.Job.Id, Store.CommitTwice<WriterProtocol.JobCreated>(create).Job.Id);
        Assert.NotEqual(first.Job.Id, Store.Create(at: 1));
        Assert.Equal(2, Store.Pages.ReadJobs(10, null, null).Count);
    }

    [Fact]
    public void A_found_URL_is_taken_once_whoever_finds_it_and_however_often()
    {
        var job = Store.Create();
        var links = Links(Store.Unit(job, Home).Key, [new(Url("/a"), 1, 0, "a"), new(Url("/b"), 1, 0, "b"), new(Url("/a"), 1, 0, "again")]);
        Assert.Equal([Domain], Store.Commit<WriterProtocol.LinksSaved>(links).Gained);
        Assert.Empty(Store.CommitTwice<WriterProtocol.LinksSaved>(links).Gained);
        Store.Find(job, Url("/a"), Url("/b"), Home);
        Assert.Equal((4, 3), (Store.View(job).Pending, Store.View(job).Pages));
    }

    [Fact]
    public void Beyond_the_page_limit_URLs_are_listed_as_kept_out()
    {
        var job = Store.Create(new JobLimits(2, null, [], []));
        Store.Find(job, Home, Url("/a"), Url("/b"), Url("/c"));
        Assert.Equal((2, 2), (Store.View(job).Pages, Store.View(job).Counts.Excluded));
        var excluded = Assert.Single(Store.Pages.ReadExcluded(job));
        Assert.Equal((ExclusionReason.PageLimit, 2), (excluded.Why, excluded.Count));
        Assert.Equal([Url("/b").Text, Url("/c").Text], excluded.Examples);
    }

    [Fact]
    public void What_limits_keep_out_is_counted_once()
    {
        var job = Store.Create();
        var key = Store.Unit(job, Home).Key;
        var links = Links(key, [new(Url("/loop"), 1, 11, "")], (Url("/deep"), ExclusionReason.Depth), (Url("/x.pdf"), ExclusionReason.Exclude));
        Store.CommitTwice<WriterProtocol.LinksSaved>(links);
        Assert.Equal((3, 1), (Store.View(job).Counts.Excluded, Store.View(job).Pages));
        Assert.Equal(
            [ExclusionReason.Depth, ExclusionReason.Exclude, ExclusionReason.TooManyRedirects], Store.Pages.ReadExcluded(job).Select(one => one.Why));
    }

    [Fact]
    public void A_URL_that_was_too_deep_comes_in_by_a_shorter_way()
    {
        var job = Store.Create();
        var key = Store.Unit(job, Home).Key;
        Store.Commit<WriterProtocol.LinksSaved>(Links(key, [], (Url("/deep"), ExclusionReason.Depth), (Url("/out"), ExclusionReason.Exclude)));
        Store.CommitTwice<WriterProtocol.LinksSaved>(Links(key, [new(Url("/deep"), 2, 0, ""), new(Url("/out"), 2, 0, "")]));
        Assert.Equal((2, 1), (Store.View(job).Pages, Store.View(job).Counts.Excluded));
        Assert.Equal(2, Store.Unit(job, Url("/deep")).Depth);
    }

    [Fact, Trait("Seeds", "S-1")]
    public void A_visit_ends_its_unit_once()
    {
        var job = Store.Create();
        var close = Store.Visited(job, Home, StatusClass.Broken, 404);
        Assert.Equal(1, Store.Commit<WriterProtocol.UnitClosed>(close).Pending);
        Assert.Equal(1, Store.CommitTwice<WriterProtocol.UnitClosed>(close).Pending);

        var visit = Assert.Single(Store.Pages.ReadVisits(job, null, 10, null));
        Assert.Equal((Home, StatusClass.Broken, 404, "Title of /", 1_000L), (visit.Url, visit.Class, visit.Status, visit.Title, visit.Bytes));
        var counts = Store.View(job).Counts;
        Assert.Equal((1, 1, 1, 0, 1_000), (counts.Broken, counts.Visits, counts.Requests, counts.Retries, counts.Bytes));
        Assert.Equal((After(20), After(20).AddMilliseconds(40)), (Store.View(job).FirstRequestAt, Store.View(job).LastRequestEndAt));
    }

    [Fact, Trait("Seeds", "P-17")]
    public void A_request_whose_unit_is_no_longer_open_still_counts_once()
    {
        var job = Store.Create();
        var close = Store.Visited(job, Home);
        Store.End(job, JobState.Cancelled, at: 15);
        Store.CommitTwice<WriterProtocol.UnitClosed>(close);
        var counts = Store.View(job).Counts;
        Assert.Equal((1, 0, 1), (counts.Requests, counts.Ok, counts.Unknown));
    }

    [Fact, Trait("Seeds", "P-17")]
    public void A_visit_without_a_request_counts_none()
    {
        var job = Store.Create();
        Store.CommitTwice<WriterProtocol.UnitClosed>(Store.Visited(job, Home, StatusClass.Broken, -4) with { Request = null });
        Assert.Equal((0, 1), (Store.View(job).Counts.Requests, Store.View(job).Counts.Broken));
    }

    [Fact, Trait("Seeds", "P-6")]
    public void A_unit_that_is_put_off_stays_open_until_it_is_due()
    {
        var job = Store.Create();
        var unit = Store.Unit(job, Home) with { Throttles = 2, Errors = 1, DueAt = After(100), LastRefusedAt = After(20) };
        Store.CommitTwice<WriterProtocol.UnitDeferred>(new WriterProtocol.DeferUnit(unit, Sent(unit.Key, 20, 429), Memory(20), After(21)));
        Assert.Equal(unit, Store.Unit(job, Home));

        var before = Store.Reads.ReadWindow(Domain, After(99.999), 10);
        Assert.DoesNotContain(before.Units, one => one.Url == Home);
        Assert.Equal(After(100), before.NextDue);

        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home, at: 101));
        var counts = Store.View(job).Counts;
        Assert.Equal((2, 1, 1), (counts.Requests, counts.Retries, counts.Throttled));
    }

    [Fact, Trait("Seeds", "P-16")]
    public void A_due_time_between_two_milliseconds_is_never_early()
    {
        var job = Store.Create();
        var due = After(100).AddMicroseconds(400);
        var unit = Store.Unit(job, Home) with { DueAt = due };
        Store.Commit<WriterProtocol.UnitDeferred>(new WriterProtocol.DeferUnit(unit, Sent(unit.Key, 20, 429), Memory(20), After(21)));
        Assert.DoesNotContain(Store.Reads.ReadWindow(Domain, due.AddMicroseconds(-1), 10).Units, one => one.Url == Home);
        Assert.True(Store.Unit(job, Home).DueAt >= due);
    }

    [Fact]
    public void Units_closed_by_robots_are_excluded_and_no_pages()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/private"));
        var pages = new[] { Store.Unit(job, Url("/private")).Key.Page };
        var closed = Store.CommitTwice<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, pages, ExclusionReason.Robots, After(12)));
        Assert.Equal(2, closed.Pending);
        Assert.Equal((1, 1), (Store.View(job).Pages, Store.View(job).Counts.Excluded));
    }

    [Fact]
    public void A_robots_unit_ends_without_being_counted()
    {
        var job = Store.Create();
        var robots = Store.Unit(job, Home.Robots).Key.Page;
        Assert.Equal(1, Store.CommitTwice<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, [robots], null, After(12))).Pending);
        Assert.Equal((1, 0, 0), (Store.View(job).Pages, Store.View(job).Counts.Excluded, Store.View(job).Counts.Visits));
    }

    [Fact, Trait("Seeds", "S-2")]
    public void A_bad_row_is_set_aside_alone_and_the_rest_of_its_turn_is_stored()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/a"), Url("/b"));
        var bad = Store.Visited(job, Url("/a")) with { Memory = Memory(99) };
        bad = bad with { Visit = bad.Visit with { Class = (StatusClass)77 } };
        var replies = Store.Writes.Commit([Store.Visited(job, Home), bad, Store.Visited(job, Url("/b"), at: 22)]);

        Assert.IsType<WriterProtocol.UnitClosed>(replies[0]);
        Assert.Same(bad, Assert.IsType<WriterProtocol.Rejected>(replies[1]).Command);
        Assert.Equal(2, Assert.IsType<WriterProtocol.UnitClosed>(replies[2]).Pending);
        Assert.Equal((2, 2), (Store.View(job).Counts.Ok, Store.View(job).Counts.Requests));
        Assert.Equal(After(22), Store.Reads.ReadDomain(Domain).Memory.LastStartAt);
    }

    [Fact, Trait("Seeds", "S-2")]
    public void A_turn_sees_what_came_before_in_it()
    {
        var job = Store.Create();
        var home = Store.Unit(job, Home);
        var replies = Store.Writes.Commit(
        [
            Links(home.Key, [new(Url("/a"), 1, 0, "a")]),
            Visited(home.Key, Home),
            new WriterProtocol.CloseUnits(job, [Store.Unit(job, Home.Robots).Key.Page], null, After(21)),
            new WriterProtocol.BeginEnd(job, JobState.Cancelled, null, After(22)),
        ]);
        Assert.Equal(1, Assert.IsType<WriterProtocol.UnitsClosed>(replies[2]).Pending);
        Assert.Equal(1, Assert.IsType<WriterProtocol.EndBegun>(replies[3]).Pending);
        Store.End(job, JobState.Cancelled, at: 22);
        Assert.Equal((1, 1), (Store.View(job).Counts.Ok, Store.View(job).Counts.Unknown));
    }

    [Fact]
    public void What_a_page_says_of_its_place_in_search_engines_is_read_back()
    {
        var job = Store.Create();
        var close = Store.Visited(job, Home);
        Store.Commit<WriterProtocol.UnitClosed>(close with { Visit = close.Visit with { Canonical = "http://a.test/home", NoIndex = true } });
        var visit = Assert.Single(Store.Pages.ReadVisits(job, null, 10, null));
        Assert.Equal(("http://a.test/home", true, false), (visit.Canonical, visit.NoIndex, visit.NoFollow));
    }
}
