using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>What a store keeps of a page for those who come again: its facts, and a copy that a 304 stands for.</summary>
public abstract partial class StoreContract
{
    private static readonly Validators _tag = new("\"1\"", "Tue, 03 Feb 2026 10:11:12 GMT");
    private static readonly PageFacts _facts = new("About \u202E<b>", "Heading", 2, 120);

    private WriterProtocol.CloseVisit Whole(JobId job, PageUrl url, double at = 20, Validators? validators = null)
    {
        var close = Store.Visited(job, url, at: at, links: [(Url("/linked"), "a link")]);
        return close with { Visit = close.Visit with { Facts = _facts, Cache = CacheStatus.Stale, Validators = validators ?? _tag, Canonical = "http://a.test/own", NoIndex = true } };
    }

    [Fact]
    public void What_a_page_tells_its_readers_is_read_back()
    {
        var job = Store.Create();
        Store.CommitTwice<WriterProtocol.UnitClosed>(Whole(job, Home));
        var visit = Assert.Single(Store.Pages.ReadVisits(job, null, 10, null));
        Assert.Equal(_facts, new PageFacts(visit.Description, visit.Heading, visit.Headings, visit.Words));
        Assert.Equal((1, null, CacheStatus.Stale, null, false), (visit.Outlinks, visit.Inlinks, visit.Cache, visit.Warm, visit.NotModified));
    }

    [Fact]
    public void A_page_that_was_seen_whole_may_be_asked_for_on_a_condition_by_the_next_job()
    {
        var first = Store.Create();
        Assert.False(Store.Unit(first, Home).HasCopy);
        var close = Whole(first, Home);
        Store.CommitTwice<WriterProtocol.UnitClosed>(close);

        var unit = Store.Unit(Store.Create(at: 100), Home);
        Assert.True(unit.HasCopy);
        var copy = Store.Reads.ReadCopy(unit.Key.Page)!;
        Assert.Equal(new PageCopy(_tag, 1_000, "text/html", "Title of /", "http://a.test/own", true, false, _facts, 1, copy.Outlinks), copy);
        Assert.Equal(close.Visit.Details!.Outlinks, copy.Outlinks);
    }

    [Fact]
    public void A_304_is_stored_as_a_visit_that_saved_bytes_and_is_itself_a_copy()
    {
        Store.Commit<WriterProtocol.UnitClosed>(Whole(Store.Create(), Home));
        var job = Store.Create(at: 100);
        var close = Whole(job, Home, at: 120);
        Store.CommitTwice<WriterProtocol.UnitClosed>(close with { Visit = close.Visit with { Status = 304, Bytes = 10, NotModified = true, SavedBytes = 990 } });

        var visit = Assert.Single(Store.Pages.ReadVisits(job, null, 10, null));
        Assert.Equal((true, 990, 10, 1), (visit.NotModified, visit.SavedBytes, visit.Bytes, visit.Outlinks));
        Assert.Equal((1, 990), (Store.View(job).Counts.NotModified, Store.View(job).Counts.SavedBytes));
        // Of the page, not of the 304.
        Assert.Equal(1_000, Store.Reads.ReadCopy(visit.Page)!.Bytes);
    }

    [Fact]
    public void A_page_that_may_not_be_stored_any_more_is_asked_for_in_full()
    {
        Store.Commit<WriterProtocol.UnitClosed>(Whole(Store.Create(), Home));
        var job = Store.Create(at: 100);
        Store.CommitTwice<WriterProtocol.UnitClosed>(Store.Visited(job, Home, at: 120));
        var unit = Store.Unit(Store.Create(at: 200), Home);
        Assert.False(unit.HasCopy);
        Assert.Null(Store.Reads.ReadCopy(unit.Key.Page));
    }

    [Fact]
    public void A_page_that_was_broken_meanwhile_keeps_its_copy()
    {
        Store.Commit<WriterProtocol.UnitClosed>(Whole(Store.Create(), Home));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(Store.Create(at: 100), Home, StatusClass.Broken, 500, 120));
        Assert.True(Store.Unit(Store.Create(at: 200), Home).HasCopy);
    }

    [Fact]
    public void What_was_asked_for_already_is_asked_again_in_full()
    {
        Store.Commit<WriterProtocol.UnitClosed>(Whole(Store.Create(), Home));
        var job = Store.Create(at: 100);
        var unit = Store.Unit(job, Home);
        Assert.True(unit.HasCopy);
        Store.Commit<WriterProtocol.UnitDeferred>(new WriterProtocol.DeferUnit(unit with { Errors = 1 }, Sent(unit.Key, 120, 500), Memory(120), After(121)));
        Assert.False(Store.Unit(job, Home).HasCopy);
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Home, StatusClass.Broken, 500, 130));
        Store.End(job, at: 140);
        Store.Retry(job, at: 150);
        Assert.False(Store.Unit(job, Home).HasCopy);
    }
}
