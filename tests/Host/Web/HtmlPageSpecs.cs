using System.Text;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Web;

public class HtmlPageSpecs
{
    private static readonly PageUrl Url = PageUrl.FromStored("https://example.org/a/b");

    private static PageContent Read(string html, JobLimits? limits = null, string[]? tags = null, int depth = 0) => HtmlPage.Read(
        Encoding.UTF8.GetBytes(html), null, tags ?? [], Url, depth,
        ScopeRule.Of(new JobSpec(new JobId(1), new NewJob(PageUrl.FromStored("https://example.org/"), limits ?? JobLimits.None, 20, false, false))));

    private static string[] Links(string html) => [.. OutlinksPack.Unpack(Read(html).Outlinks).Select(l => $"{l.Url} {l.Anchor}{(l.NoFollow ? " (nofollow)" : "")}")];

    [Theory]
    [InlineData("<a href=c>  Some\n <b>bold</b>\ttext </a>", "https://example.org/a/c Some bold text")]
    [InlineData("<A HREF='/c'>x</A>", "https://example.org/c x")]
    [InlineData("<a\n href=\n\"//example.net/?a=1&amp;b=2\"\n>x &amp; y</a>", "https://example.net/?a=1&b=2 x & y")]
    [InlineData("<a href=/c><img src=x alt=' A  picture '></a>", "https://example.org/c A picture")]
    [InlineData("<a href=/c><img alt=picture>words</a>", "https://example.org/c words")]
    [InlineData("<map><area href=/c alt=Corner></map>", "https://example.org/c Corner")]
    [InlineData("<a rel='noopener NoFollow' href=/c>x</a>", "https://example.org/c x (nofollow)")]
    [InlineData("<a href=/c>one<br>two</a>", "https://example.org/c one two")]
    [InlineData("<svg><a href=/c><text>drawn</text></a></svg>", "https://example.org/c drawn")]
    [InlineData("<noscript><a href=/c>x</a></noscript>", "https://example.org/c x")]
    [InlineData("<a href=/c>never closed", "https://example.org/c never closed")]
    [InlineData("<a href=/c>x<script>'</a>'</script>y</a>", "https://example.org/c xy")]
    [InlineData("<svg><style></svg><a href=/c>x</a>", "https://example.org/c x")]
    [InlineData("<a href=/c?utm_source=x#y>x</a>", "https://example.org/c x")]
    public void An_anchor_is_a_link_with_its_text(string html, string link) => Assert.Equal([link], Links(html));

    [Theory]
    [InlineData("<script>'<a href=/c>x</a>'</script>")]
    [InlineData("<style><a href=/c>x</a></style>")]
    [InlineData("<textarea><a href=/c>x</a></textarea>")]
    [InlineData("<title><a href=/c>x</a></title>")]
    [InlineData("<iframe><a href=/c>x</a></iframe>")]
    [InlineData("<!-- <a href=/c>x</a> -->")]
    [InlineData("<template><a href=/c>x</a></template>")]
    [InlineData("<plaintext><a href=/c>x</a>")]
    [InlineData("<p><svg><p><script>'<a href=/c>'</script>")]
    [InlineData("<a>x</a><a name=c>x</a><a href>x</a><a href='#c'>x</a>")]
    [InlineData("<a href='mailto:a@example.org'>x</a><a href='javascript:void(0)'>x</a><a href='tel:1'>x</a><a href='http://a..b/'>x</a>")]
    [InlineData("<a href=/c")]
    [InlineData("")]
    public void What_is_no_link_is_none(string html) => Assert.Empty(Links(html));

    [Fact]
    public void A_link_is_listed_once_with_the_first_text_that_says_something() =>
        Assert.Equal(["https://example.org/c words", "https://example.org/d x"], Links("<a href=/c><img></a><a href=/d>x</a><a href=/c#1>words</a><a href=/c>more</a>"));

    [Fact]
    public void An_anchor_text_is_at_most_200_characters_and_a_title_at_most_300()
    {
        var page = Read($"<title>{new string('t', 400)}</title><a href=/c>{new string('a', 400)}</a><a href=/d>d</a>");
        Assert.Equal(new string('t', 300), page.Title);
        Assert.Equal([new string('a', 200), "d"], OutlinksPack.Unpack(page.Outlinks).Select(l => l.Anchor));
    }

    [Theory]
    [InlineData("<title> A &lt;b&gt;\n title </title><title>other</title>", "A <b> title")]
    [InlineData("<svg><title>drawn</title></svg><title>page</title>", "page")]
    [InlineData("<title></title><p>x", null)]
    [InlineData("<p>x", null)]
    public void The_title_is_the_first_of_the_page_as_text(string html, string? title) => Assert.Equal(title, Read(html).Title);

    [Fact]
    public void A_base_counts_for_all_links_and_only_the_first_one() =>
        Assert.Equal(["https://example.net/x/c 1", "https://example.net/x/d 2"], Links("<a href=c>1</a><base href=//example.net/x/y><base href=/z/><a href=d>2</a>"));

    [Fact]
    public void Found_is_what_the_scope_takes_one_deeper_and_never_the_page_itself()
    {
        var page = Read("<a href=/c>c</a><a href=//www.example.org/d>d</a><a href=https://example.net/>n</a><a href=/a/b>self</a>", depth: 3);
        Assert.Equal([("https://example.org/c", 4, 0, "c"), ("https://www.example.org/d", 4, 0, "d")], page.Found.Select(f => (f.Url.Text, f.Depth, f.Hops, f.Anchor)));
        Assert.Equal(4, page.OutlinkCount);
        Assert.Empty(page.Excluded);
    }

    [Fact]
    public void What_a_limit_keeps_out_is_listed_with_the_limit()
    {
        var page = Read("<a href=/in/c>c</a><a href=/d>d</a><a href=/in/x>x</a>", new JobLimits(null, 1, ["/in/*"], ["*/x"]));
        Assert.Equal(["https://example.org/in/c"], page.Found.Select(f => f.Url.Text));
        Assert.Equal([("https://example.org/d", ExclusionReason.Include), ("https://example.org/in/x", ExclusionReason.Exclude)], page.Excluded.Select(e => (e.Url.Text, e.Why)));
        Assert.All(Read("<a href=/c>c</a>", new JobLimits(null, 0, [], [])).Excluded, e => Assert.Equal(ExclusionReason.Depth, e.Why));
    }

    [Theory]
    [InlineData("<meta name=robots content=noindex>", null, true, false)]
    [InlineData("<META NAME=Robots CONTENT='NoFollow, noarchive'>", null, false, true)]
    [InlineData("<meta name=robots content=none>", null, true, true)]
    [InlineData("<meta name=amblebot content=nofollow>", null, false, true)]
    [InlineData("<meta name=otherbot content=none>", null, false, false)]
    [InlineData("<meta name=robots content=noindex>", "nofollow", true, true)]
    [InlineData("", "noindex, nofollow", true, true)]
    [InlineData("", "otherbot: noindex, nofollow", false, false)]
    [InlineData("", "AmbleBot: nofollow", false, true)]
    [InlineData("", "otherbot: noindex, amblebot: nofollow", false, true)]
    [InlineData("", "unavailable_after: 25 Jun 2030 15:00:00 PST, max-snippet: 3, noindex", true, false)]
    [InlineData("", "all", false, false)]
    public void Robots_directives_of_page_and_header_add_up(string html, string? tag, bool noIndex, bool noFollow)
    {
        var page = Read(html + "<link rel=canonical href=/e><a href=/c>c</a><a href=/d>d</a>", new JobLimits(null, null, [], ["/d"]), tag is null ? [] : [tag]);
        Assert.Equal((noIndex, noFollow), (page.NoIndex, page.NoFollow));
        Assert.Equal(noFollow ? 0 : 2, page.Found.Count);
        Assert.Equal(noFollow ? 0 : 1, page.Excluded.Count);
        Assert.Equal(2, page.OutlinkCount);
    }

    [Fact]
    public void A_canonical_URL_is_recorded_and_followed_within_the_site()
    {
        var own = Read("<link rel=canonical href=/c?utm_medium=x>");
        Assert.Equal(("https://example.org/c", "https://example.org/c"), (own.Canonical, own.Found.Single().Url.Text));
        var others = Read("<link rel=canonical href=https://example.net/c>");
        Assert.Equal("https://example.net/c", others.Canonical);
        Assert.Empty(others.Found);
        Assert.Empty(Read("<link rel=canonical href=/a/b>").Found);
    }
}
