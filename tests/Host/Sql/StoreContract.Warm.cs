using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>Second visits: the unit stays open with its visit stored, and ends once, whatever ends it.</summary>
public abstract partial class StoreContract
{
    private JobId AwaitingSecond(out UnitKey key)
    {
        var job = Store.Create();
        key = Store.Unit(job, Home).Key;
        var close = Store.Visited(job, Home) with { Warm = true };
        Assert.Equal(2, Store.CommitTwice<WriterProtocol.UnitClosed>(close).Pending);
        return job;
    }

    private static WriterProtocol.CloseWarm Again(UnitKey key, CacheStatus cache, double at = 30) =>
        new(key, new WarmSeen(cache, 200, 8), Sent(key, at, 200, RequestKind.Warm), Memory(at), After(at + 1));

    [Fact]
    public void The_first_visit_is_stored_and_the_unit_goes_to_the_back_of_the_line()
    {
        var job = AwaitingSecond(out var key);
        var unit = Store.Unit(job, Home);
        Assert.Equal((true, After(21), false), (unit.IsVisited, unit.DueAt, unit.HasCopy));
        Assert.Equal([Home.Robots, Home], Store.Open().Select(one => one.Url));
        Assert.Equal((1, 2), (Store.View(job).Counts.Ok, Store.View(job).Pending));
        Assert.Null(Assert.Single(Store.Pages.ReadVisits(job, null, 10, null)).Warm);
        // A first visit that comes late, after a fault, changes nothing.
        Assert.Equal(2, Store.CommitTwice<WriterProtocol.UnitClosed>(StoreFixture.Visited(key, Home, at: 25)).Pending);
    }

    [Fact, Trait("Seeds", "P-17")]
    public void The_second_visit_ends_the_unit_once_and_is_no_retry()
    {
        var job = AwaitingSecond(out var key);
        Assert.Equal(1, Store.CommitTwice<WriterProtocol.UnitClosed>(Again(key, CacheStatus.Hit)).Pending);
        Assert.Equal(new(CacheStatus.Hit, 200, 8), Assert.Single(Store.Pages.ReadVisits(job, null, 10, null)).Warm);
        var counts = Store.View(job).Counts;
        Assert.Equal((1, 1, 1, 2, 0), (counts.Ok, counts.Warmed, counts.WarmedHits, counts.Requests, counts.Retries));
    }

    [Fact]
    public void A_page_that_stays_a_miss_is_told()
    {
        var job = AwaitingSecond(out var key);
        var unit = Store.Unit(job, Home) with { Throttles = 1, DueAt = After(40) };
        Store.CommitTwice<WriterProtocol.UnitDeferred>(new WriterProtocol.DeferUnit(unit, Sent(key, 30, 429, RequestKind.Warm), Memory(30), After(31)));
        Assert.True(Store.Unit(job, Home).IsVisited);
        Store.CommitTwice<WriterProtocol.UnitClosed>(Again(key, CacheStatus.Miss, at: 50));
        var counts = Store.View(job).Counts;
        Assert.Equal((1, 0, 3, 1), (counts.Warmed, counts.WarmedHits, counts.Requests, counts.Retries));
        Assert.Equal(CacheStatus.Miss, Assert.Single(Store.Pages.ReadVisits(job, null, 10, null)).Warm!.Cache);
    }

    [Fact]
    public void A_job_that_ends_before_keeps_the_first_visit()
    {
        var job = AwaitingSecond(out var key);
        Store.End(job, JobState.Cancelled, commit: Store.CommitTwice<WriterProtocol.IReply>);
        Assert.Equal((1, 0, 0), (Store.View(job).Counts.Ok, Store.View(job).Counts.Unknown, Store.View(job).Counts.Warmed));
        Store.CommitTwice<WriterProtocol.UnitClosed>(Again(key, CacheStatus.Hit));
        Assert.Null(Assert.Single(Store.Pages.ReadVisits(job, null, 10, null)).Warm);
        // What ended well is not asked again.
        Store.Retry(job);
        Assert.DoesNotContain(Store.Open(), unit => unit.Url == Home);
    }

    [Fact]
    public void Robots_that_forbid_it_by_then_leave_the_first_visit()
    {
        var job = AwaitingSecond(out var key);
        Assert.Equal(1, Store.CommitTwice<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, [key.Page], ExclusionReason.Robots, After(30))).Pending);
        Assert.Equal((1, 0, 1), (Store.View(job).Counts.Ok, Store.View(job).Counts.Excluded, Store.View(job).Pages));
    }

    [Fact]
    public void One_that_could_not_be_asked_again_counts_for_nothing()
    {
        var job = AwaitingSecond(out var key);
        Assert.Equal(1, Store.CommitTwice<WriterProtocol.UnitClosed>(new WriterProtocol.CloseWarm(key, null, null, Memory(30), After(31))).Pending);
        Assert.Equal(0, Store.View(job).Counts.Warmed);
    }

    [Fact]
    public void A_page_with_a_visit_becomes_no_sitemap()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/maps.xml"));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/maps.xml")) with { Warm = true });
        Store.Commit<WriterProtocol.LinksSaved>(Links(Store.Unit(job, Home.Robots).Key, [new(Url("/maps.xml"), 0, 0, "", UnitKind.Sitemap)]));
        Assert.Equal(UnitKind.Page, Store.Unit(job, Url("/maps.xml")).Kind);
    }
}
