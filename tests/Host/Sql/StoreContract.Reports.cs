using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>What a store keeps of a job's end, step by step, and what it counts.</summary>
public abstract partial class StoreContract
{
    [Fact, Trait("Seeds", "S-4")]
    public void What_was_stored_first_of_an_end_stands()
    {
        var job = Store.Create();
        var begin = new WriterProtocol.BeginEnd(job, JobState.Cancelled, "Cancelled by request.", After(5));
        Assert.Equal(new WriterProtocol.EndBegun(job, JobState.Cancelled, "Cancelled by request.", 2), Store.CommitTwice<WriterProtocol.EndBegun>(begin));
        Assert.Equal(JobState.Cancelled, Store.Commit<WriterProtocol.EndBegun>(begin with { Outcome = JobState.Completed, Reason = null }).Outcome);
        Assert.Equal(JobState.Finishing, Store.Commit<WriterProtocol.JobStateSet>(new WriterProtocol.SetJobState(job, JobState.Running, null, null, After(6))).State);
        Assert.Equal(new JobProtocol.TakeUp(job, JobState.Finishing, null, Domain, 2, JobState.Cancelled), Assert.Single(Store.Reads.ReadUnfinishedJobs()));
        Assert.Equal(2, Store.Commit<WriterProtocol.EndBegun>(new WriterProtocol.EndJob(job, JobState.Cancelled, null, After(7))).Pending);
    }

    [Fact]
    public void A_finishing_job_gives_out_no_units_and_takes_none()
    {
        var job = Store.Create();
        var home = Store.Unit(job, Home).Key;
        Store.Commit<WriterProtocol.EndBegun>(new WriterProtocol.BeginEnd(job, JobState.Cancelled, null, After(5)));
        Assert.Empty(Store.Open());
        Assert.Equal([Domain], Store.Reads.ReadOpenDomains(job));
        // What was in flight is stored as it came, as long as its unit is open.
        Store.CommitTwice<WriterProtocol.UnitClosed>(Visited(home, Home));
        Store.End(job, JobState.Cancelled);
        Store.CommitTwice<WriterProtocol.UnitClosed>(Visited(home, Home, StatusClass.Broken, 404, at: 50));
        Assert.Equal((1, 0), (Store.View(job).Counts.Ok, Store.View(job).Counts.Broken));
    }

    [Fact]
    public void Open_units_end_as_unknown_once()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/a"));
        Store.Commit<WriterProtocol.EndBegun>(new WriterProtocol.BeginEnd(job, JobState.Cancelled, null, After(5)));
        var open = Store.Reads.ReadOpenUnits(job, 10, null);
        Assert.Equal(open.Skip(1), Store.Reads.ReadOpenUnits(job, 10, open[0]));
        Assert.Equal(0, Store.CommitTwice<WriterProtocol.UnitsEnded>(new WriterProtocol.EndUnits(job, open, After(6))).Pending);
        Assert.Equal((2, 3), (Store.View(job).Counts.Unknown, open.Count));
    }

    [Fact]
    public void What_named_urls_that_an_ending_job_did_not_take_is_asked_again_by_a_retry()
    {
        var job = Store.Create();
        var (home, robots) = (Store.Unit(job, Home).Key, Store.Open().Single(unit => unit.Kind == UnitKind.Robots).Key);
        Store.Commit<WriterProtocol.EndBegun>(new WriterProtocol.BeginEnd(job, JobState.Cancelled, null, After(5)));
        foreach (var source in new[] { home, robots })
            Assert.True(Store.CommitTwice<WriterProtocol.LinksSaved>(Links(source, [new(Url("/late"), 1, 0, "")])).JobTakesNoMore);
        Store.CommitTwice<WriterProtocol.UnitClosed>(Visited(home, Home));
        Store.CommitTwice<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, [robots.Page], null, After(6)));
        Assert.Empty(Store.Check());
        Store.End(job, JobState.Cancelled);
        Assert.Equal((0, 1), (Store.View(job).Counts.Ok, Store.View(job).Counts.Unknown));
        Store.Retry(job);
        Assert.Equal([home, robots], Store.Open().Select(unit => unit.Key).OrderBy(unit => unit.Page.Value));
    }

    [Fact]
    public void A_late_part_of_a_report_changes_nothing()
    {
        var job = Store.Create();
        Store.End(job, JobState.Cancelled);
        var part = new ReportPart([], [], [(new PageId(1), new ReportSource(0, Home, "late"))]);
        Store.Commit<WriterProtocol.ReportSaved>(new WriterProtocol.SaveReport(job, part));
        Assert.Empty(Store.Reports.ReadSources(job, new PageId(1), 10, null));
    }

    [Fact]
    public void A_job_that_is_being_opened_again_gives_out_nothing_and_looks_as_if_it_ran()
    {
        var job = WithBroken();
        Store.End(job);
        var units = Store.Reads.ReadRetryUnits(job, 1, null);
        Store.CommitTwice<WriterProtocol.UnitsReopened>(new WriterProtocol.ReopenUnits(job, units, After(40)));
        Assert.Empty(Store.Open());
        Assert.Equal(JobState.Running, Store.View(job).State);
        Assert.Equal(JobState.Running, Assert.Single(Store.Reads.ReadUnfinishedJobs()).Outcome);

        // Whoever goes on with it after a crash, or wishes for it again, finishes it.
        Assert.Equal(2, Store.Retry(job, at: 50).Pending);
        Assert.Equal(2, Store.Open().Count);
        Assert.Empty(Store.Reads.ReadRetryUnits(job, 10, null));
    }

    [Fact]
    public void A_retry_with_nothing_to_open_leaves_a_job_and_its_report_alone()
    {
        var job = Store.Create();
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home));
        Store.Commit<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, [Store.Unit(job, Home.Robots).Key.Page], null, After(21)));
        Store.End(job);
        Assert.Equal(new WriterProtocol.JobRetried(job, 0, JobState.Completed), Store.Retry(job));
        Assert.Single(Store.Reports.ReadSlow(job, 10, null));
        Assert.Null(Store.Retry(new JobId(77)).Pending);
    }

    [Fact]
    public void Sums_follow_visits_as_they_come_and_go()
    {
        var job = WithBroken();
        Assert.Equal((1, 2), (Sum(job, SumKind.Status, 200), Sum(job, SumKind.Status, 404)));
        Assert.Equal((1, 1), (Sum(job, SumKind.ClassByDepth, (int)StatusClass.Ok), Sum(job, SumKind.ResponseTime, TimeBuckets.Of(40))));
        Store.End(job);
        Store.Retry(job);
        Assert.Equal((1, 0), (Sum(job, SumKind.Status, 200), Sum(job, SumKind.Status, 404)));
        Store.CommitTwice<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/1"), at: 50));
        Assert.Equal(2, Sum(job, SumKind.Status, 200));
    }

    [Fact]
    public void A_canonical_URL_is_an_issue_only_where_it_is_another_page()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/a"));
        foreach (var url in new[] { Home, Url("/a") })
        {
            var close = Store.Visited(job, url);
            Store.Commit<WriterProtocol.UnitClosed>(close with { Visit = close.Visit with { Canonical = Home.Text } });
        }
        Assert.Equal(1, Sum(job, SumKind.Issue, (int)PageIssue.CanonicalElsewhere));
    }

    [Fact]
    public void Broken_pages_are_ranked_by_how_many_pages_link_to_them_and_read_step_by_step()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/page"), Url("/few"), Url("/many"), Url("/none"));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home, links: [(Url("/few"), "few"), (Url("/many"), "many")]));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/page"), links: [(Url("/many"), "many too")]));
        foreach (var path in new[] { "/few", "/many", "/none" }) Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url(path), StatusClass.Broken, 410));
        Store.End(job);

        var first = Store.Reports.ReadBroken(job, 2, null);
        var rest = Store.Reports.ReadBroken(job, 2, first[^1].Rank);
        Assert.Equal([(Url("/many"), 2L), (Url("/few"), 1L), (Url("/none"), 1L)], first.Concat(rest).Select(page => (page.Url, page.SourceCount)));
        Assert.Equal([new ReportSource(1, Url("/page"), "many too")], Store.Reports.ReadSources(job, first[0].Page, 10, 0));
        // No link to it was seen; there is the page that made it known.
        Assert.Equal([new ReportSource(0, Home, "to /none")], Store.Reports.ReadSources(job, rest[0].Page, 10, null));
    }

    [Fact]
    public void A_redirect_is_told_with_its_chain_to_another_site_or_round_in_a_loop()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/out"), Url("/loop"), Url("/back"));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/out"), StatusClass.Redirected, 301, to: Url("/", "b.test")));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/loop"), StatusClass.Redirected, 302, to: Url("/back")));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/back"), StatusClass.Redirected, 307, to: Url("/loop")));
        var early = Store.Reports.ReadRedirects(job, 10, null);
        Store.End(job, JobState.Cancelled);

        // Found in this order; in the report what never arrives comes first.
        Assert.Equal([Url("/out"), Url("/loop"), Url("/back")], early.Select(page => page.Url));
        var redirects = Store.Reports.ReadRedirects(job, 10, null);
        Assert.Equal([(0, Url("/loop")), (1, Url("/back")), (2, Url("/out"))], redirects.Select(page => (page.Rank, page.Url)));
        Assert.Equal([new ReportHop(Url("/", "b.test"), null, null)], redirects[2].Chain);
        Assert.Equal([new ReportHop(Url("/back"), StatusClass.Redirected, 307), new ReportHop(Url("/loop"), StatusClass.Redirected, 302)], redirects[0].Chain);
        Assert.Equal(early.OrderBy(page => page.Page.Value).Select(page => string.Join(", ", page.Chain)), redirects.OrderBy(page => page.Page.Value).Select(page => string.Join(", ", page.Chain)));
        Assert.Equal([redirects[2]], Store.Reports.ReadRedirects(job, 10, 1), (one, other) => one.Rank == other.Rank && one.Page == other.Page);
    }

    [Fact]
    public void The_slowest_are_told_alike_by_the_order_that_is_kept_and_in_the_report()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/a"), Url("/b"), Url("/c"));
        foreach (var (path, milliseconds) in new[] { ("/a", 40), ("/b", 900), ("/c", 40) })
        {
            var close = Store.Visited(job, Url(path));
            Store.Commit<WriterProtocol.UnitClosed>(close with { Visit = close.Visit with { Milliseconds = milliseconds } });
        }
        var early = Store.Reports.ReadSlow(job, 10, null);
        Store.End(job);
        Assert.Equal([(0, "/b"), (1, "/a"), (2, "/c")], early.Select(page => (page.Rank, page.Url.PathAndQuery)));
        Assert.Equal(early, Store.Reports.ReadSlow(job, 10, null), (one, other) => one.Page == other.Page && one.Rank == other.Rank && one.Phases == other.Phases);
        Assert.Equal(early.Skip(1), Store.Reports.ReadSlow(job, 10, 0), (one, other) => one.Page == other.Page && one.Rank == other.Rank);
    }

    /// <summary>Nothing is open; one page is ok, two are broken.</summary>
    private JobId WithBroken()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/1"), Url("/2"));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home));
        foreach (var path in new[] { "/1", "/2" }) Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url(path), StatusClass.Broken, 404));
        Store.Commit<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, [Store.Unit(job, Home.Robots).Key.Page], null, After(21)));
        return job;
    }

    private long Sum(JobId job, SumKind kind, int key) => Store.Reports.ReadSums(job).SingleOrDefault(sum => sum.Kind == kind && sum.Key == key)?.Count ?? 0;
}
