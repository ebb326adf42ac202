using Amble.App.Cli;
using Amble.App.Http;
using Amble.App.Pages;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Http;

public class SitemapFindingsSpecs
{
    private static readonly SitemapView Good = new(PageUrl.FromStored("https://a.test/sitemap.xml"), false, null, 200, new SitemapContent(4_000, 0, 3, null));

    [Fact]
    public void Files_and_URLs_are_summed_and_problems_told()
    {
        SitemapView[] sitemaps =
        [
            Good, Good with { Content = new SitemapContent(1_000, 0, 0, "It is \e[31mred.") }, Good with { Status = null, Why = ExclusionReason.Robots, Content = new SitemapContent(0, 0, 0, null) },
            Good with { Status = 301, Content = new SitemapContent(0, 0, 0, null) }, Good with { Status = null, Content = new SitemapContent(0, 0, 0, null) },
        ];
        var findings = SitemapFindings.Of(sitemaps, ended: true);
        Assert.Equal((2, 5_000, 3), (findings.Files, findings.Urls, findings.OtherSites));
        Assert.Equal(["It is \e[31mred.", "Not asked for: robots.txt.", "The job ended before it was read."], findings.Problems.Select(problem => problem.What));
        Assert.Equal("Sitemaps: 2 files, 5,000 URLs, 3 of other sites left out, 3 problems", SitemapText.Sum(findings));
        Assert.Equal(2, SitemapFindings.Of(sitemaps, ended: false).Problems.Count);

        var text = new StringWriter();
        SitemapText.Write(text, findings);
        Assert.Contains("Not asked for: robots.txt.", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text.ToString());
    }

    [Fact]
    public void A_site_without_sitemaps_is_not_spoken_of()
    {
        var text = new StringWriter();
        SitemapText.Write(text, SitemapFindings.Of([], ended: true));
        Assert.Equal("", text.ToString());
        Assert.Equal("", SitemapPart.Write(SitemapFindings.None).ToString());
    }

    [Fact]
    public void Hostile_words_are_shown_as_text()
    {
        var findings = SitemapFindings.Of([Good with { Content = new SitemapContent(0, 0, 0, "<script>alert(1)</script>") }], ended: true);
        var html = SitemapPart.Write(findings).ToString()!;
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }
}
