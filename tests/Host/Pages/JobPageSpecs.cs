using System.Net;
using System.Xml.Linq;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Pages;

/// <summary>The pages of a job: what stands on them, in which order, and that strangers' words stay words.</summary>
public sealed class JobPageSpecs : IAsyncLifetime
{
    private const string Evil = "\"><script>alert(1)</script>\u202E";
    private const string Site = "https://example.org/";

    private Served _served = null!;

    private FakeNode Node => _served.Node;

    public async Task InitializeAsync() => _served = await Served.StartAsync();

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task The_verdict_comes_first_then_what_to_mend_then_numbers_then_charts_then_lists()
    {
        Full();
        var page = await _served.Http.GetStringAsync("/jobs/1");
        var places = new[] { "class=\"verdict", "id=\"mend\"", "id=\"numbers\"", "id=\"depth\"", "id=\"times\"", "id=\"cache\"", "id=\"broken\"", "id=\"slow\"", "id=\"redirects\"", "id=\"refused\"", "id=\"unknown\"", "id=\"excluded\"", "id=\"sitemaps\"" }
            .Select(mark => page.IndexOf(mark, StringComparison.Ordinal)).ToList();

        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData("/jobs/1")]
    [InlineData("/jobs/1/pages")]
    [InlineData("/jobs/1/pages?class=broken&q=x&sort=slowest")]
    [InlineData("/jobs/1/pages?issue=no-title")]
    [InlineData("/jobs/1/broken")]
    [InlineData("/jobs/1/broken/1")]
    [InlineData("/jobs/1/redirects")]
    [InlineData("/jobs/1/slow")]
    [InlineData("/pages/1")]
    [InlineData("/")]
    public async Task Every_page_is_well_formed_and_runs_no_stranger_s_words(string path)
    {
        Full();
        var answer = await _served.Http.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', page);
        var ids = WellFormed(page).Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>().ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task Charts_have_a_name_and_their_numbers_for_those_who_do_not_see_them()
    {
        Full();
        var page = WellFormed(await _served.Http.GetStringAsync("/jobs/1"));
        var pictures = page.Descendants("svg").Where(svg => (string?)svg.Attribute("aria-hidden") != "true").ToList();

        var picture = Assert.Single(pictures);
        Assert.Equal("img", (string?)picture.Attribute("role"));
        Assert.All(((string?)picture.Attribute("aria-labelledby"))!.Split(' '), id => Assert.Single(picture.Descendants(), element => (string?)element.Attribute("id") == id));
        Assert.Contains(page.Descendants("details"), details => details.Value.Contains("100 ms to 200 ms", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changes_while_a_job_runs_is_marked_for_the_script_and_the_page_comes_anew_without_one()
    {
        Node.Add(Site, JobState.Running, FakeNode.Counts(ok: 5));
        var page = await _served.Http.GetStringAsync("/jobs/1");

        Assert.Contains("data-events=\"/api/jobs/1/events?", page);
        foreach (var name in new[] { "state", "pages", "ok", "broken", "refused", "unknown", "redirected", "excluded", "requests", "retries", "throttled", "bytes", "done", "pending", "doing", "progress", "status", "visits", "found" })
        {
            Assert.Contains($"data-live=\"{name}\"", page);
        }
        Assert.Contains("<noscript><meta http-equiv=\"refresh\"", page);
    }

    [Fact]
    public async Task A_long_list_is_cut_and_says_where_the_rest_is()
    {
        Full();
        for (var rank = 1; rank < 30; rank++)
        {
            Node.Report.Broken.Add(FakeReports.Page(rank, $"{Site}gone/{rank}", StatusClass.Broken, 404, 1));
        }
        var page = await _served.Http.GetStringAsync("/jobs/1");
        Assert.Contains("/gone/9", page);
        Assert.DoesNotContain("/gone/10", page);
        Assert.Contains("href=\"/jobs/1/broken\"", page);
    }

    [Fact]
    public async Task Sources_are_shown_in_steps_to_the_last()
    {
        Full();
        for (var number = 0; number < 150; number++)
        {
            Node.Report.AddSource(1, $"{Site}from/{number}", "here");
        }
        var first = await _served.Http.GetStringAsync("/jobs/1/broken/1");
        Assert.Contains("href=\"/jobs/1/broken/1?after=99\"", first);
        var second = await _served.Http.GetStringAsync("/jobs/1/broken/1?after=99");
        Assert.Contains("/from/149", second);
        Assert.DoesNotContain("rel=\"next\"", second);
    }

    [Fact]
    public async Task One_page_tells_what_it_says_where_its_time_went_and_where_it_leads()
    {
        Full();
        var page = await _served.Http.GetStringAsync("/pages/1");
        Assert.Contains("It cannot be reached.", page);
        Assert.Contains("first byte 40", page);
        Assert.Contains("cache-control: max-age=60", page);
        Assert.Contains("<q>read on</q>", page);

        Node.Visits.Insert(0, FakeNode.Visit(Site + "old", StatusClass.Redirected, 301, Site + "new") with { Page = new PageId(9) });
        Node.List.Chains[new PageId(9)] = [FakeReports.Hop(Site + "new", StatusClass.Redirected, 302), FakeReports.Hop(Site + "newest", StatusClass.Ok, 200)];
        Assert.Matches("(?s)<ol class=\"chain\"><li>.*new.*302.*newest.*200", await _served.Http.GetStringAsync("/pages/9"));
    }

    [Theory]
    [InlineData("/jobs/7/pages")]
    [InlineData("/jobs/7/broken")]
    [InlineData("/jobs/1/broken/77")]
    [InlineData("/pages/77")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        Full();
        var answer = await _served.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/jobs/1/broken?after=x", "after: &#x27;x&#x27; is not allowed")]
    [InlineData("/jobs/1/slow?after=-1", "after: &#x27;-1&#x27; is not allowed")]
    [InlineData("/jobs/1/pages?class=good&sort=best&after=%3Cb%3E", "class: &#x27;good&#x27; is not allowed; allowed is ok, redirected, refused, unknown, broken. sort: &#x27;best&#x27; is not allowed; allowed is found, slowest, largest, deepest. after: &#x27;&lt;b&gt;&#x27; is not allowed")]
    public async Task A_wrong_address_is_told_with_all_that_is_wrong_and_what_is_allowed(string path, string told)
    {
        Full();
        var answer = await _served.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(told, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A job with something of everything, and a hostile word wherever a stranger can put one.</summary>
    private void Full()
    {
        Node.Add(Site, JobState.Completed, FakeNode.Counts(ok: 900, broken: 30, refused: 40, redirected: 2, unknown: 1, excluded: 3) with { Warmed = 5, WarmedHits = 4 }, reason: Evil);
        Node.Report.AddSum(SumKind.ClassByDepth, 0, 1);
        Node.Report.AddSum(SumKind.ClassByDepth, 1 * 8 + (int)StatusClass.Broken, 30);
        Node.Report.AddSum(SumKind.ResponseTime, 2, 800);
        Node.Report.AddSum(SumKind.ResponseTime, 7, 100);
        Node.Report.AddSum(SumKind.Cache, (int)CacheStatus.Miss, 5);
        Node.Report.AddSum(SumKind.Issue, (int)PageIssue.NoTitle, 12);
        Node.Report.Broken.Add(FakeReports.Page(0, Site + "gone", StatusClass.Broken, 404, 2) with { Title = Evil, Error = Evil });
        Node.Report.AddSource(1, Site + "from", "read on");
        Node.Report.AddSource(1, Site + "other?<b>", Evil);
        Node.Report.Redirects.Add(FakeReports.Page(0, Site + "old", StatusClass.Redirected, 301, 0, FakeReports.Hop(Site + "new?<b>", null, null)));
        Node.Report.Slow.Add(FakeReports.Page(0, Site + "slow", StatusClass.Ok, 200) with { Title = Evil, Phases = Time });
        Node.Visits.Add(FakeNode.Visit(Site + "gone", StatusClass.Broken, 404, error: Evil) with { Title = Evil, Description = Evil, Heading = Evil, Canonical = Evil, ContentType = Evil });
        Node.Visits.Add(FakeNode.Visit(Site + "members", StatusClass.Refused, 403, error: Evil) with { Page = new PageId(2), Title = Evil });
        Node.Visits.Add(FakeNode.Visit(Site + "slow", StatusClass.Unknown, -1, error: Evil) with { Page = new PageId(3), Title = Evil });
        Node.Excluded.Add(new ExcludedView(ExclusionReason.Robots, 3, [Evil, Evil]));
        Node.Sitemaps.Add(new SitemapView(PageUrl.FromStored(Site + "sitemap.xml"), false, null, 200, new SitemapContent(1, 0, 0, Evil)));
        Node.List.Details[new PageId(1)] = new VisitDetails("cache-control: max-age=60\nx-evil: " + Evil, Time, 1, OutlinksPack.Pack([new Outlink(PageUrl.FromStored(Site + "x"), Evil, true)]));
        Node.List.FoundOn[new PageId(1)] = new ReportSource(0, PageUrl.FromStored(Site), Evil);
    }

    private static Phases Time => new(default, TimeSpan.FromMilliseconds(10), default, TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(5));

    /// <summary>Our own markup closes what it opens, so that it can be read as XML once the elements that are never closed are.</summary>
    private static XDocument WellFormed(string page) => XDocument.Parse(System.Text.RegularExpressions.Regex.Replace(
        page.Replace("<!doctype html>", "", StringComparison.Ordinal), "<(meta|link|input)((?:[^>\"]|\"[^\"]*\")*)>", "<$1$2/>").Replace(" selected>", " selected=\"\">", StringComparison.Ordinal)
        .Replace(" defer>", " defer=\"\">", StringComparison.Ordinal).Replace(" hidden>", " hidden=\"\">", StringComparison.Ordinal));
}
