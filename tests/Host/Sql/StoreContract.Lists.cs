using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>The lists of a job's pages: filtered, searched, sorted, step by step.</summary>
public abstract partial class StoreContract
{
    private static readonly PageQuery _all = new(null, null, PageSort.Found, 100, null);

    [Fact]
    public void Pages_are_listed_slowest_largest_and_deepest_first_and_equals_in_the_order_of_finding()
    {
        var job = ListedJob();

        Assert.Equal(["/c", "/a", "/d", "/e", "/", "/b"], Paths(job, _all with { Sort = PageSort.Slowest }));
        Assert.Equal(["/e", "/d", "/c", "/b", "/a", "/"], Paths(job, _all with { Sort = PageSort.Largest }));
        Assert.Equal(["/e", "/d", "/c", "/b", "/a", "/"], Paths(job, _all with { Sort = PageSort.Deepest }));
        Assert.Equal(["/", "/a", "/b", "/c", "/d", "/e"], Paths(job, _all));
    }

    [Theory]
    [InlineData(PageSort.Found)]
    [InlineData(PageSort.Slowest)]
    [InlineData(PageSort.Largest)]
    [InlineData(PageSort.Deepest)]
    public void A_list_read_in_steps_is_the_list_read_at_once(PageSort sort)
    {
        var job = ListedJob();
        foreach (var only in new StatusClass?[] { null, StatusClass.Ok, StatusClass.Broken, StatusClass.Unknown })
        {
            var whole = Paths(job, _all with { Only = only, Sort = sort });
            var steps = new List<string>();
            for (string? after = null; ;)
            {
                var step = Store.Lists.ReadPages(job, new PageQuery(only, null, sort, 1, after));
                steps.AddRange(step.Visits.Select(visit => visit.Url.PathAndQuery));
                if ((after = step.Next) is null) break;
            }
            Assert.Equal(whole, steps);
        }
    }

    [Fact]
    public void A_list_of_one_class_has_that_class_alone()
    {
        var job = ListedJob();
        Assert.Equal(["/c", "/b"], Paths(job, _all with { Only = StatusClass.Broken, Sort = PageSort.Slowest }));
        Assert.Equal(["/b", "/c"], Paths(job, _all with { Only = StatusClass.Broken }));
        Assert.Equal(["/", "/a", "/e"], Paths(job, _all with { Only = StatusClass.Ok }));
        Assert.Empty(Paths(job, _all with { Only = StatusClass.Refused, Sort = PageSort.Largest }));
    }

    [Fact]
    public void A_search_finds_parts_of_titles_and_of_URLs_whatever_their_case()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/%C3%BCber"), Url("/b?x=1"));
        Store.Commit<WriterProtocol.UnitClosed>(Titled(job, Home, "Übersicht"));
        Store.Commit<WriterProtocol.UnitClosed>(Titled(job, Url("/%C3%BCber"), null));
        Store.Commit<WriterProtocol.UnitClosed>(Titled(job, Url("/b?x=1"), "100% _cotton_"));

        Assert.Equal(["/", "/%C3%BCber"], Paths(job, _all with { Search = "über" }));
        Assert.Equal(["/b?x=1"], Paths(job, _all with { Search = "0% _COT" }));
        Assert.Equal(["/b?x=1"], Paths(job, _all with { Search = "B?X=" }));
        Assert.Empty(Paths(job, _all with { Search = "%C3%BCbersicht", Sort = PageSort.Largest }));
    }

    [Fact]
    public void Pages_with_an_issue_are_listed_as_they_were_found()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/a"), Url("/b"), Url("/c"));
        Store.Commit<WriterProtocol.UnitClosed>(Titled(job, Url("/c"), null));
        Store.Commit<WriterProtocol.UnitClosed>(Titled(job, Home, "Home"));
        Store.CommitTwice<WriterProtocol.UnitClosed>(Titled(job, Url("/a"), null));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Url("/b"), StatusClass.Ok, 5_000, 1));

        Assert.Equal(["/a", "/c"], Paths(job, _all with { Issue = PageIssue.NoTitle, Sort = PageSort.Slowest }));
        Assert.Equal(["/b"], Paths(job, _all with { Issue = PageIssue.Slow }));
        Assert.Equal(["/c"], Paths(job, _all with { Issue = PageIssue.NoTitle, Search = "/c" }));
        Assert.Empty(Paths(job, _all with { Issue = PageIssue.NoTitle, Only = StatusClass.Broken }));
    }

    [Fact]
    public void A_page_that_is_visited_again_by_a_retry_has_its_new_place_alone()
    {
        var job = ListedJob();
        Store.End(job, at: 200);
        Store.Retry(job, at: 210);
        Assert.Equal(["/a", "/e", "/"], Paths(job, _all with { Sort = PageSort.Slowest }));

        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Url("/c"), StatusClass.Ok, 50, 5));
        Assert.Equal(["/a", "/c", "/e", "/"], Paths(job, _all with { Sort = PageSort.Slowest }));
    }

    [Fact]
    public void What_a_cancelled_job_had_open_is_in_every_order()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/open"));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Home, StatusClass.Ok, 7, 7));
        Store.End(job, JobState.Cancelled);
        Assert.Equal(["/", "/open"], Paths(job, _all with { Sort = PageSort.Slowest }));
        Assert.Equal(["/open", "/"], Paths(job, _all with { Sort = PageSort.Deepest }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAA!")]
    public void A_place_that_no_list_gave_out_is_refused(string after)
    {
        var job = ListedJob();
        Assert.Throws<ArgumentException>(() => Store.Lists.ReadPages(job, _all with { Sort = PageSort.Slowest, After = after }));
    }

    [Fact]
    public void A_place_in_one_order_is_none_in_another()
    {
        var job = ListedJob();
        var next = Store.Lists.ReadPages(job, _all with { Sort = PageSort.Largest, Limit = 1 }).Next!;
        Assert.True(PageCursor.TryParse(next, PageSort.Largest, out _));
        Assert.Throws<ArgumentException>(() => Store.Lists.ReadPages(job, _all with { Sort = PageSort.Deepest, After = next }));
    }

    [Fact]
    public void A_page_is_read_with_its_visits_in_the_newest_jobs_and_how_it_was_come_to()
    {
        var first = ListedJob();
        var second = Store.Create(at: 300);
        Store.Find(second, Home, Url("/a"));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(second, Url("/a"), StatusClass.Broken, 9, 9));
        var page = Store.Pages.ReadVisits(second, StatusClass.Broken, 1, null).Single().Page;

        Assert.Equal((Url("/a"), "Title of /a"), (Store.Lists.ReadPage(page)!.Url, Store.Lists.ReadPage(page)!.Title));
        Assert.Equal([(second, StatusClass.Broken), (first, StatusClass.Ok)], Store.Lists.ReadVisitsOf(page, 10).Select(one => (one.Job, one.Visit.Class)));
        Assert.Equal(second, Assert.Single(Store.Lists.ReadVisitsOf(page, 1)).Job);
        Assert.Equal(new ReportSource(0, Home, "to /a"), Store.Lists.ReadFoundOn(second, page));
        Assert.Equal(TimeSpan.FromMilliseconds(30), Store.Lists.ReadDetails(second, page)!.Phases.FirstByte);
        Assert.Null(Store.Lists.ReadPage(new PageId(999_999)));
        Assert.Null(Store.Lists.ReadDetails(second, new PageId(999_999)));
    }

    [Fact]
    public void A_chain_of_redirects_is_followed_to_its_end_and_a_loop_is_not_followed_for_ever()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/1"), Url("/2"), Url("/loop"));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/1"), StatusClass.Redirected, 301, 21, Url("/2")));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/2"), StatusClass.Redirected, 302, 22, Url("/", "other.test")));
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url("/loop"), StatusClass.Redirected, 301, 23, Url("/loop")));
        var pages = Store.Pages.ReadVisits(job, StatusClass.Redirected, 10, null).ToDictionary(visit => visit.Url, visit => visit.Page);

        Assert.Equal(
            [new ReportHop(Url("/2"), StatusClass.Redirected, 302), new ReportHop(Url("/", "other.test"), null, null)], Store.Lists.ReadChain(job, pages[Url("/1")]));
        Assert.Equal(11, Store.Lists.ReadChain(job, pages[Url("/loop")]).Count);
    }

    /// <summary>Six pages, of which the found order, the times, the sizes and the depths all differ.</summary>
    private JobId ListedJob()
    {
        var job = Store.Create();
        var home = Store.Unit(job, Home).Key;
        var paths = new[] { "/a", "/b", "/c", "/d", "/e" };
        Store.Commit<WriterProtocol.LinksSaved>(Links(home, [.. paths.Select((path, at) => new FoundUrl(Url(path), at + 1, 0, "to " + path))]));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Home, StatusClass.Ok, 10, 1));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Url("/e"), StatusClass.Ok, 20, 6));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Url("/a"), StatusClass.Ok, 300, 2));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Url("/b"), StatusClass.Broken, 10, 3));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Url("/c"), StatusClass.Broken, 4_000, 4));
        Store.Commit<WriterProtocol.UnitClosed>(Timed(job, Url("/d"), StatusClass.Unknown, 20, 5));
        return job;
    }

    private WriterProtocol.CloseVisit Timed(JobId job, PageUrl url, StatusClass @class, int milliseconds, long bytes)
    {
        var close = Store.Visited(job, url, @class, 200, at: 20 + milliseconds);
        return close with { Visit = close.Visit with { Milliseconds = milliseconds, Bytes = bytes } };
    }

    private WriterProtocol.CloseVisit Titled(JobId job, PageUrl url, string? title)
    {
        var close = Store.Visited(job, url);
        return close with { Visit = close.Visit with { Title = title } };
    }

    private List<string> Paths(JobId job, PageQuery query) => [.. Store.Lists.ReadPages(job, query).Visits.Select(visit => visit.Url.PathAndQuery)];
}
