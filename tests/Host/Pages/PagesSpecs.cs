using System.Net;
using Amble.App.Pages;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Pages;

public sealed class PagesSpecs : IAsyncLifetime
{
    private const string Evil = "\"><script>alert(1)</script>\u202E";

    private Served _served = null!;

    public async Task InitializeAsync() => _served = await Served.StartAsync();

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public void A_value_in_markup_is_data_and_markup_in_markup_is_markup() =>
        Assert.Equal("<p title=\"&lt;b&gt;&quot;&amp;\">1,234 <b>x</b></p>", Html.Of($"""<p title="{"<b>\"&"}">{1234} {Html.Of($"<b>{"x"}</b>")}</p>""").ToString());

    [Fact]
    public async Task Strangers_words_stay_words_on_every_page()
    {
        _served.Node.Add("https://example.org/", JobState.Completed, FakeNode.Counts(ok: 1, broken: 1, refused: 1, redirected: 1, unknown: 1, excluded: 1), reason: Evil);
        _served.Node.Broken.Add(new BrokenView(FakeNode.Visit("https://example.org/gone", StatusClass.Broken, 404), [new SourceView(PageUrl.FromStored("https://example.org/"), Evil)], 2));
        _served.Node.Visits.Add(FakeNode.Visit("https://example.org/slow", StatusClass.Unknown, -1, error: Evil));
        _served.Node.Excluded.Add(new ExcludedView(ExclusionReason.Robots, 1, [Evil]));
        _served.Node.Status = new DomainProtocol.Status(DomainName.Of("example.org", 443), Evil, TimeSpan.FromSeconds(2), 1, 0, 0, 0, null, null, null, null);

        foreach (var path in new[] { "/", "/jobs/1", "/sites/example.org", "/bot", "/" + Uri.EscapeDataString(Evil) })
        {
            var page = await (await _served.Http.GetAsync(path)).Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u202E', page);
        }
        Assert.Contains("&lt;script&gt;alert(1)", await _served.Http.GetStringAsync("/jobs/1"));
    }

    [Fact]
    public async Task A_job_page_tells_what_is_broken_and_where_it_is_linked()
    {
        _served.Node.Add("https://example.org/", JobState.Completed, FakeNode.Counts(ok: 1, broken: 1, redirected: 1));
        _served.Node.Report.Broken.Add(FakeReports.Page(0, "https://example.org/gone", StatusClass.Broken, 404, sources: 3));
        _served.Node.Report.AddSource(1, "https://example.org/from", "Our team");
        _served.Node.Report.Redirects.Add(FakeReports.Page(0, "https://example.org/old", StatusClass.Redirected, 301, 0, FakeReports.Hop("https://example.org/new", StatusClass.Ok, 200)));

        var page = await _served.Http.GetStringAsync("/jobs/1");

        Assert.Contains("https://example.org/gone", page);
        Assert.Contains("https://example.org/from", page);
        Assert.Contains("<q>Our team</q>", page);
        Assert.Contains("and from 2 more pages", page);
        Assert.Contains("https://example.org/new", page);
        Assert.DoesNotContain("http-equiv", page);
    }

    [Fact]
    public async Task A_job_under_way_is_shown_anew_without_a_script()
    {
        _served.Node.Add("https://example.org/", JobState.Running, FakeNode.Counts(ok: 5));

        _served.Node.Head = new VisitMark(8, 1008);

        var page = await _served.Http.GetStringAsync("/jobs/1");
        Assert.Contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>", page);
        Assert.Contains("data-events=\"/api/jobs/1/events?lastEventId=8-1008\"", page);
        Assert.Contains("<meta http-equiv=\"refresh\"", await _served.Http.GetStringAsync("/"));
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/jobs/7")]
    [InlineData("/sites/unknown.example")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        var answer = await _served.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/sites/a%20b")]
    [InlineData("/sites/a%2Fb")]
    public async Task What_is_no_host_is_told(string path) => Assert.Equal(HttpStatusCode.BadRequest, (await _served.Http.GetAsync(path)).StatusCode);

    [Fact]
    public async Task A_page_runs_no_script_but_our_own_asks_nobody_else_and_is_not_framed()
    {
        var answer = await _served.Http.GetAsync("/");

        Assert.Equal(
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again()
    {
        _served.Node.Add("https://example.org/", JobState.Completed);
        var tag = (await _served.Http.GetAsync("/")).Headers.ETag!;

        Assert.Equal(HttpStatusCode.NotModified, await AskAsync());
        _served.Node.Add("https://example.com/", JobState.Completed);
        Assert.Equal(HttpStatusCode.OK, await AskAsync());

        async Task<HttpStatusCode> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.IfNoneMatch.Add(tag);
            return (await _served.Http.SendAsync(request)).StatusCode;
        }
    }

    [Fact]
    public async Task Style_sheet_script_and_icon_are_kept_for_ever_under_their_hashes()
    {
        _served.Node.Add("https://example.org/", JobState.Running);
        var page = await _served.Http.GetStringAsync("/jobs/1");
        foreach (var (file, type) in new[] { (Style.File, "text/css"), (Script.File, "text/javascript"), (Icon.File, "image/svg+xml") })
        {
            Assert.Contains($"\"{file.Url}\"", page);
            var answer = await _served.Http.GetAsync(file.Url);

            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains("immutable", answer.Headers.CacheControl?.ToString());
            Assert.Equal(file.Text, await answer.Content.ReadAsStringAsync());
        }
    }
}
