using System.Text;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

/// <summary>Asking only for what has changed, and what the headers say of caches.</summary>
public sealed class ConditionalFetchSpecs
{
    private const string Date = "Tue, 03 Feb 2026 10:11:12 GMT";

    private static readonly byte[] _page = Encoding.UTF8.GetBytes("<title>T</title><a href=/next>Next</a>");

    private static readonly PageCopy _copy = new(
        new Validators("W/\"1\"", Date), 5_000, "text/html", "Before", null, false, false, new PageFacts("D", "H", 1, 60), 1,
        OutlinksPack.Pack([new(PageUrl.FromStored("http://127.0.0.1/linked"), "link", false)]));

    private static async Task<(FetchOutcome.Answered Answer, string Asked)> AskAsync(string head, byte[]? body = null, PageCopy? copy = null, RequestKind kind = RequestKind.Page)
    {
        await using var site = new RawServer(head, body ?? []);
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        var answer = await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/", kind) with { Copy = copy }, Departing.Freely, CancellationToken.None);
        return (Assert.IsType<FetchOutcome.Answered>(answer), site.Heads[0]);
    }

    [Fact]
    public async Task Both_validators_are_sent_as_they_came()
    {
        var (_, asked) = await AskAsync("HTTP/1.1 304 Not Modified", copy: _copy);
        Assert.Contains("If-None-Match: W/\"1\"\r\n", asked, StringComparison.Ordinal);
        Assert.Contains($"If-Modified-Since: {Date}\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("If-", (await AskAsync("HTTP/1.1 200 OK")).Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_304_is_the_copy_with_the_links_that_it_had()
    {
        var (answer, _) = await AskAsync("HTTP/1.1 304 Not Modified\r\nETag: W/\"1\"\r\nX-Cache: HIT", copy: _copy);
        Assert.Equal((304, 0, CacheStatus.Hit, _copy.Validators), (answer.Status, answer.Bytes, answer.Cache, answer.Validators));
        Assert.Same(_copy, answer.Unchanged);
        Assert.Equal(("Before", _copy.Facts, 1), (answer.Content!.Title, answer.Content.Facts, answer.Content.OutlinkCount));
    }

    [Fact]
    public async Task A_304_may_forbid_more_than_was_forbidden()
    {
        var (answer, _) = await AskAsync("HTTP/1.1 304 Not Modified\r\nX-Robots-Tag: nofollow\r\nCache-Control: no-store", copy: _copy);
        Assert.True(answer.Content is { NoFollow: true, NoIndex: false, Found.Count: 0, OutlinkCount: 1 });
        Assert.Null(answer.Validators);
    }

    [Fact]
    public async Task A_page_that_has_changed_is_read_as_it_is_now()
    {
        var (answer, _) = await AskAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"2\"\r\nLast-Modified: {Date}", _page, _copy);
        Assert.Equal(("T", null, new Validators("\"2\"", Date)), (answer.Content!.Title, answer.Unchanged, answer.Validators));
        Assert.Equal(["/next"], answer.Content.Found.Select(found => found.Url.PathAndQuery));
    }

    [Fact]
    public async Task A_304_that_nobody_asked_for_brings_no_content()
    {
        var (answer, _) = await AskAsync("HTTP/1.1 304 Not Modified\r\nETag: \"1\"");
        Assert.Equal((304, null, null, null), (answer.Status, answer.Content, answer.Unchanged, answer.Validators));
    }

    [Theory]
    [InlineData("Content-Type: text/html\r\nETag: \"1\"\r\nCache-Control: no-store")]
    [InlineData("Content-Type: text/plain\r\nETag: \"1\"")]
    [InlineData("Content-Type: text/html")]
    public async Task What_holds_no_links_or_may_not_be_stored_has_no_copy(string headers) =>
        Assert.Null((await AskAsync($"HTTP/1.1 200 OK\r\n{headers}", _page)).Answer.Validators);

    [Fact]
    public async Task Validators_made_to_hurt_break_neither_this_request_nor_the_next()
    {
        var (answer, _) = await AskAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"\u0001{new string('x', 10_000)}\"\r\nLast-Modified: \u0002", _page);
        Assert.Equal("T", answer.Content!.Title);
        Assert.Null(answer.Validators);
    }

    [Fact]
    public async Task A_second_visit_reads_the_whole_page_and_nothing_on_it()
    {
        var (answer, asked) = await AskAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCF-Cache-Status: HIT\r\nETag: \"1\"", _page, kind: RequestKind.Warm);
        Assert.Equal((_page.Length, CacheStatus.Hit, null, null), (answer.Bytes, answer.Cache, answer.Content, answer.Validators));
        Assert.DoesNotContain("Cache-Control", asked, StringComparison.Ordinal);
    }
}
