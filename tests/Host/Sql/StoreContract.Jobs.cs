using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>What a store keeps of jobs: their ends, their retries, and what people read of them.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public void An_ended_job_has_no_open_units_and_takes_none()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/a"));
        var source = Store.Unit(job, Home).Key;
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home));
        Store.End(job, JobState.Cancelled, "Someone cancelled it.");
        Assert.Equal(JobState.Cancelled, Store.Commit<WriterProtocol.JobEnded>(new WriterProtocol.BeginEnd(job, JobState.Blocked, null, After(31))).Outcome);
        Assert.Equal(JobState.Cancelled, Store.Commit<WriterProtocol.JobEnded>(new WriterProtocol.EndJob(job, JobState.Blocked, null, After(31))).Outcome);

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
        Store.End(job, JobState.Blocked, "It refuses.");
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
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(Memory(24) with { BarrenSince = After(3) }, After(24)));
        Store.End(job, JobState.Blocked, "It refuses.");
        Assert.NotNull(Store.Reads.ReadDomain(Domain).Memory.BarrenSince);

        var retried = Store.Retry(job);
        // P-13+: who asks again has the whole time before it may give up.
        Assert.Null(Store.Reads.ReadDomain(Domain).Memory.BarrenSince);
        Assert.Equal((4, JobState.Running), (retried.Pending, retried.State));
        Assert.Equal(4, Store.CommitTwice<WriterProtocol.JobRetried>(new WriterProtocol.EndRetry(job, After(40))).Pending);
        Assert.Contains(Domain, Store.Reads.ReadDue(After(40), 10));

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

        var early = Assert.Single(Store.Reports.ReadBroken(job, 10, null));
        Assert.Equal(1, early.SourceCount);
        Assert.Equal([new ReportSource(0, Home, "to /dead")], Store.Reports.ReadSources(job, early.Page, 10, null));

        Store.End(job);
        var broken = Assert.Single(Store.Reports.ReadBroken(job, 10, null));
        Assert.Equal(2, broken.SourceCount);
        Assert.Equal(
            [new ReportSource(0, Home, "first"), new ReportSource(1, Url("/page"), "by a redirect")], Store.Reports.ReadSources(job, broken.Page, 10, null));
        Assert.Equal(new ReportHop(Url("/dead"), StatusClass.Broken, 404), Assert.Single(Assert.Single(Store.Reports.ReadRedirects(job, 10, null)).Chain));
        Assert.Null(Store.Reads.ReadStartProblem(job));
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
            Store.Reads.ReadStartProblem(job));
    }

    [Fact]
    public void A_start_that_was_never_answered_is_told()
    {
        var job = Store.Create();
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home, StatusClass.Unknown, -1));
        Assert.Equal("http://a.test/ was not answered (Timeout).", Store.Reads.ReadStartProblem(job));
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
        // Another port is another domain, the usual ports are one, and so is a host with a dot at its end.
        Store.Create(start: Url("/", "a.test:8080"));
        var secure = Store.Create(start: PageUrl.FromStored("https://a.test./"));
        Assert.Equal([secure, last, first], Store.Pages.ReadJobs(10, null, "a.test").Select(view => view.Job.Id));
        Assert.Equal(last, Store.Pages.ReadUnfinished(Home)!.Job.Id);
    }
}
