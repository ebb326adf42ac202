using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>What every store must do, whichever its engine. After each case the tables agree with the counters.</summary>
public abstract class StoreContract : IDisposable
{
    private StoreFixture? _store;

    protected StoreFixture Store => _store ??= OpenStore();

    protected abstract StoreFixture OpenStore();

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
        Store.Commit<WriterProtocol.JobEnded>(new WriterProtocol.EndJob(job, JobState.Cancelled, null, [], After(15)));
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

    [Fact, Trait("Seeds", "P-16")]
    public void What_a_domain_must_not_forget_comes_back()
    {
        var memory = new DomainMemory(
            Domain, TimeSpan.FromMicroseconds(707_107), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(450), TimeSpan.FromSeconds(120),
            After(60), "It asked for a minute.", TimeSpan.FromSeconds(16), After(30), After(20), After(10), true);
        Store.CommitTwice<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(memory, After(31)));
        Assert.Equal(memory, Store.Reads.ReadDomain(Domain).Memory);
    }

    [Fact]
    public void An_unknown_domain_is_blank() => Assert.Equal(DomainMemory.Blank(Domain), Store.Reads.ReadDomain(Domain).Memory);

    [Fact, Trait("Seeds", "P-17")]
    public void Robots_are_kept_by_origin_and_their_request_counts_once()
    {
        var job = Store.Create();
        var record = new RobotsRecord(Home.Origin, 200, "Disallow: /x", true, After(5), After(86_405));
        var key = Store.Unit(job, Home.Robots).Key;
        var save = new WriterProtocol.SaveRobots(Domain, record, Sent(key, 4, 200, RequestKind.Robots), Memory(4), After(5));
        Store.CommitTwice<WriterProtocol.RobotsSaved>(save);
        Store.Commit<WriterProtocol.RobotsSaved>(save with { Robots = null, Request = Sent(key, 9, -1, RequestKind.Robots) with { Page = null } });
        Assert.Equal(record, Assert.Single(Store.Reads.ReadDomain(Domain).Robots));
        Assert.Equal(2, Store.View(job).Counts.Requests);
    }

    [Fact]
    public void A_sleeping_domain_wakes_when_its_work_is_due_and_its_block_has_ended()
    {
        Store.Create();
        Store.Commit<WriterProtocol.MemorySaved>(
            new WriterProtocol.SaveMemory(Memory(1, awake: false) with { BlockedUntil = After(600) }, After(2)));
        Assert.Empty(Store.Reads.ReadDue(After(599), 10));
        Assert.Equal([Domain], Store.Reads.ReadDue(After(600), 10));
    }

    [Fact]
    public void A_sleeping_domain_without_work_is_not_woken_until_it_gains_some()
    {
        var job = Store.Create();
        var other = Url("/x", "www.a.test");
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(Memory(1, other.Domain, awake: false), After(2)));
        Assert.DoesNotContain(other.Domain, Store.Reads.ReadDue(After(1e6), 10));
        Store.Find(job, Home, other);
        Assert.Contains(other.Domain, Store.Reads.ReadDue(After(10), 10));
    }

    [Fact]
    public void A_sleeping_domain_whose_job_has_ended_is_not_woken_for_nothing()
    {
        var job = Store.Create();
        var other = Store.Create(start: Url("/", "b.test"));
        Store.Commit<WriterProtocol.JobEnded>(new WriterProtocol.EndJob(job, JobState.Cancelled, null, [], After(5)));
        var units = Store.Open("b.test").Select(unit => unit.Key.Page).ToArray();
        Store.Commit<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(other, units, ExclusionReason.Robots, After(6)));
        Assert.Empty(Store.Reads.ReadDue(After(1e6), 10));
    }

    [Fact, Trait("Seeds", "P-12")]
    public void A_block_without_end_stays_one()
    {
        Store.Commit<WriterProtocol.MemorySaved>(
            new WriterProtocol.SaveMemory(Memory(1) with { BlockedUntil = DateTimeOffset.MaxValue }, After(2)));
        Assert.Equal(9999, Store.Reads.ReadDomain(Domain).Memory.BlockedUntil!.Value.Year);
    }

    [Fact, Trait("Seeds", "P-16")]
    public void A_domain_that_was_awake_at_a_crash_is_found_after_those_that_sleep()
    {
        Store.Create(start: Url("/", "b.test"));
        Store.Create();
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(Memory(1, DomainName.Of("b.test", 80)), After(2)));
        Assert.Equal(["a.test", "b.test"], Store.Reads.ReadDue(After(3), 10).Select(domain => domain.Value));
    }

    [Fact]
    public void An_ended_job_has_no_open_units_and_takes_none()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/a"));
        var source = Store.Unit(job, Home).Key;
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home));
        var end = new WriterProtocol.EndJob(job, JobState.Cancelled, "Someone cancelled it.", [], After(30));
        Assert.Equal([Domain], Store.Commit<WriterProtocol.JobEnded>(end).Domains);
        Assert.Equal([Domain], Store.CommitTwice<WriterProtocol.JobEnded>(end).Domains);

        Store.Commit<WriterProtocol.LinksSaved>(Links(source, [new(Url("/late"), 1, 0, "")]));
        var view = Store.View(job);
        Assert.Equal((JobState.Cancelled, "Someone cancelled it.", After(30), 0), (view.State, view.Reason, view.EndedAt, view.Pending));
        Assert.Equal((1, 1), (view.Counts.Ok, view.Counts.Unknown));
        Assert.Null(Store.Pages.ReadVisits(job, StatusClass.Unknown, 10, null).Single().Status);
        Assert.Empty(Store.Open());
        Assert.Empty(Store.Reads.ReadUnfinishedJobs());
        Assert.Null(Store.Pages.ReadUnfinished(Home));
    }

    [Fact]
    public void A_parked_job_is_taken_up_and_keeps_its_units()
    {
        var job = Store.Create();
        var park = new WriterProtocol.SetJobState(job, JobState.Parked, "It asked for two days.", After(172_800), After(1));
        Assert.Equal(JobState.Parked, Store.CommitTwice<WriterProtocol.JobStateSet>(park).State);
        Assert.Equal(new JobProtocol.TakeUp(job, JobState.Parked, After(172_800), Domain, 2), Assert.Single(Store.Reads.ReadUnfinishedJobs()));
        Assert.Equal(2, Store.Open().Count);
    }

    [Fact]
    public void A_state_is_not_set_on_a_job_that_has_ended()
    {
        var job = Store.Create();
        Store.Commit<WriterProtocol.JobEnded>(new WriterProtocol.EndJob(job, JobState.Blocked, "It refuses.", [], After(30)));
        Assert.Equal(
            JobState.Blocked, Store.Commit<WriterProtocol.JobStateSet>(new WriterProtocol.SetJobState(job, JobState.Running, null, null, After(31))).State);
    }

    [Fact]
    public void A_retry_opens_what_ended_refused_broken_or_unknown()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/broken"), Url("/refused"), Url("/gone"), Url("/open"));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home, at: 20));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/broken"), StatusClass.Broken, 500, 21));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/refused"), StatusClass.Refused, 403, 22));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/gone"), StatusClass.Redirected, 301, 23, Url("/b")));
        Store.Commit<WriterProtocol.JobEnded>(new WriterProtocol.EndJob(job, JobState.Blocked, "It refuses.", [], After(30)));

        var retry = new WriterProtocol.RetryJob(job, After(40));
        var retried = Store.Commit<WriterProtocol.JobRetried>(retry);
        Assert.Equal((4, 1), (retried.Pending, retried.Domains.Count));
        Assert.Equal(4, Store.CommitTwice<WriterProtocol.JobRetried>(retry).Pending);

        var view = Store.View(job);
        Assert.Equal((JobState.Running, null, null), (view.State, view.Reason, view.EndedAt));
        Assert.Equal((1, 1, 0, 0, 0), (view.Counts.Ok, view.Counts.Redirected, view.Counts.Broken, view.Counts.Refused, view.Counts.Unknown));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/broken"), at: 50));
        Assert.Equal((2, 1), (Store.View(job).Counts.Ok, Store.View(job).Counts.Retries));
    }

    [Fact]
    public void Broken_pages_come_with_the_pages_that_link_to_them_through_redirects()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/page"), Url("/moved"), Url("/dead"));
        var before = Store.Visited(job, Home, links: [(Url("/dead"), "first"), (Url("/dead"), "second"), (Url("/page"), "fine")]);
        Store.Commit<WriterProtocol.UnitClosed>(before);
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/page"), at: 21, links: [(Url("/moved"), "by a redirect")]));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/moved"), StatusClass.Redirected, 301, 22, Url("/dead")));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/dead"), StatusClass.Broken, 404, 23));

        var early = Assert.Single(Store.Pages.ReadBroken(job, 10, null));
        Assert.Equal([new SourceView(Home, "to /dead")], early.Sources);

        var ending = Store.Reads.ReadEnding(job);
        Store.CommitTwice<WriterProtocol.JobEnded>(new WriterProtocol.EndJob(job, JobState.Completed, null, ending.BrokenSources, After(30)));
        var broken = Assert.Single(Store.Pages.ReadBroken(job, 10, null));
        Assert.Equal([new SourceView(Home, "first"), new SourceView(Url("/page"), "by a redirect")], broken.Sources);
        Assert.Equal(2, broken.SourceCount);
        Assert.Null(ending.StartProblem);
    }

    [Fact]
    public void A_start_that_robots_keep_out_is_told_with_its_reason()
    {
        var job = Store.Create();
        var page = Store.Unit(job, Home).Key.Page;
        var robots = new RobotsRecord(Home.Origin, 503, null, false, After(5), After(86_405));
        Store.Commit<WriterProtocol.RobotsSaved>(
            new WriterProtocol.SaveRobots(Domain, robots, Sent(Store.Unit(job, Home.Robots).Key, 4, 503, RequestKind.Robots), Memory(4), After(5)));
        Store.Commit<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, [page], ExclusionReason.RobotsUnreachable, After(12)));
        Assert.Equal(
            "http://a.test/robots.txt could not be read (HTTP 503), so that nothing of http://a.test may be asked for.",
            Store.Reads.ReadEnding(job).StartProblem);
    }

    [Fact]
    public void A_start_that_was_never_answered_is_told()
    {
        var job = Store.Create();
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home, StatusClass.Unknown, -1));
        Assert.Equal("http://a.test/ was not answered (Timeout).", Store.Reads.ReadEnding(job).StartProblem);
    }

    [Fact]
    public void Visits_are_read_page_by_page_and_by_class()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/1"), Url("/2"), Url("/3"));
        foreach (var unit in Store.Open().Where(unit => unit.Kind == UnitKind.Page))
            Store.Commit<WriterProtocol.UnitClosed>(Visited(unit.Key, unit.Url, unit.Url == Url("/2") ? StatusClass.Redirected : StatusClass.Ok, 200, unit.Key.Page.Value));
        var first = Store.Pages.ReadVisits(job, null, 2, null);
        var second = Store.Pages.ReadVisits(job, null, 10, first[^1].Page);
        Assert.Equal([Home, Url("/1"), Url("/2"), Url("/3")], first.Concat(second).Select(visit => visit.Url));
        Assert.Equal([Url("/2")], Store.Pages.ReadVisits(job, StatusClass.Redirected, 10, null).Select(visit => visit.Url));
        Assert.Equal(3, Store.Pages.ReadVisits(job, StatusClass.Ok, 10, null).Count);
    }

    [Fact]
    public void Jobs_are_listed_newest_first_and_by_site()
    {
        var first = Store.Create();
        var other = Store.Create(start: Url("/", "b.test"));
        var last = Store.Create(at: 1);
        Assert.Equal([last, other, first], Store.Pages.ReadJobs(10, null, null).Select(view => view.Job.Id));
        Assert.Equal([other], Store.Pages.ReadJobs(1, last, null).Select(view => view.Job.Id));
        Assert.Equal([last, first], Store.Pages.ReadJobs(10, null, "a.test").Select(view => view.Job.Id));
        Assert.Equal(last, Store.Pages.ReadUnfinished(Home)!.Job.Id);
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
            new WriterProtocol.EndJob(job, JobState.Cancelled, null, [], After(22)),
        ]);
        Assert.Equal(1, Assert.IsType<WriterProtocol.UnitsClosed>(replies[2]).Pending);
        Assert.Equal((1, 1), (Store.View(job).Counts.Ok, Store.View(job).Counts.Unknown));
    }
}
