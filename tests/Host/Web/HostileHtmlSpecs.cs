using System.Text;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Web;

/// <summary>Pages made to hurt: each is read to its end. A reader that is not linear would run for hours on them, and the run would be cut.</summary>
public class HostileHtmlSpecs
{
    private const int Huge = 10 << 20;
    private const int Large = 2 << 20;
    private const string LastLink = "<a href=/last>x</a>";

    private static PageContent Read(string html)
    {
        var url = PageUrl.FromStored("https://example.org/");
        return HtmlPage.Read(Encoding.UTF8.GetBytes(html), null, [], url, 0, ScopeRule.Of(new JobSpec(new JobId(1), new NewJob(url, JobLimits.None, 20, false, false))));
    }

    private static string Fill(string piece, int size = Large) => new StringBuilder(size).Insert(0, piece, size / piece.Length).ToString();

    public static TheoryData<string> Fillings => ["<div>", "<b><i>", "<a>", "<svg>", "<svg><foreignObject>", "<table><tr><td>", "</p>", "<x y>", "text ", "&amp;", "&", "&nosuch", "<", "</", "<!", "<!-- -->", "<p/", "<template></template>", "\0", "\u00fc"];

    [Theory]
    [MemberData(nameof(Fillings))]
    public void Two_mebibytes_of_one_piece_are_read_to_the_end(string piece) =>
        Assert.Equal("/last", Assert.Single(Read(Fill(piece) + "></p>" + LastLink).Found).Url.PathAndQuery);

    [Theory]
    [InlineData("<p>text <b>bold</b> ")]
    [InlineData("<div><span>")]
    public void A_page_at_the_cap_is_read_to_the_end(string piece) => Assert.Single(Read(Fill(piece, Huge - 100) + LastLink).Found);

    [Fact]
    public void A_hundred_thousand_nested_elements_are_only_elements() =>
        Assert.Single(Read(Fill("<div>", 500_000) + LastLink + Fill("</div>", 600_000)).Found);

    [Theory]
    [InlineData("<a ", " href=/x", ">")]
    [InlineData("<a ", " x=1", ">")]
    [InlineData("<a href='", "x", "'>")]
    [InlineData("<a href=/x>", "x", "</a>")]
    [InlineData("<title>", "x ", "</title>")]
    [InlineData("<!--", "-", "-->")]
    [InlineData("<script>", "<!--<script>", "</script>")]
    [InlineData("<style>", "</styl", "</style>")]
    [InlineData("<meta name=robots content='", "x,", "'>")]
    [InlineData("<a rel='", "x ", "' href=/x>x</a>")]
    [InlineData("<!DOCTYPE ", "x", ">")]
    [InlineData("<", "x", ">")]
    public void Two_mebibytes_within_one_construct_do_no_harm(string before, string piece, string after) =>
        Assert.InRange(Read(before + Fill(piece) + after).OutlinkCount, 0, 1);

    [Fact]
    public void More_links_than_anyone_reads_are_cut() =>
        Assert.Equal(HtmlScan.MostLinks, Read(string.Concat(Enumerable.Range(0, HtmlScan.MostLinks + 10).Select(i => $"<a href={i}>"))).OutlinkCount);

    [Fact]
    public void Any_bytes_are_a_page()
    {
        var chance = new Random(20260101);
        var url = PageUrl.FromStored("https://example.org/");
        var scope = ScopeRule.Of(new JobSpec(new JobId(1), new NewJob(url, JobLimits.None, 20, false, false)));
        const string alphabet = "<>/!-='\"& \n\0abhref?titlesvg#[]&#x;\u00fc";
        for (var life = 0; life < 2000; life++)
        {
            var bytes = Encoding.UTF8.GetBytes([.. Enumerable.Range(0, chance.Next(200)).Select(_ => alphabet[chance.Next(alphabet.Length)])]);
            if (life % 3 == 0)
                chance.NextBytes(bytes);
            Assert.NotNull(HtmlPage.Read(bytes, life % 5 == 0 ? "utf-16" : null, [], url, 0, scope));
        }
    }
}
