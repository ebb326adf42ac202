using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class ScopeRuleSpecs
{
    private static readonly PageUrl Start = PageUrl.FromStored("https://example.org/blog/");

    private static ScopeVerdict Judge(string url, int depth = 1, int? maxDepth = null, string[]? include = null, string[]? exclude = null) =>
        ScopeRule.Of(new JobSpec(new JobId(1), new NewJob(Start, new JobLimits(null, maxDepth, include ?? [], exclude ?? []), 20, false, false)))
            .Judge(PageUrl.FromStored(url), depth);

    [Theory]
    [InlineData("https://example.org/", "https://example.org/a", true)]
    [InlineData("https://example.org/", "http://example.org/", true)]
    [InlineData("https://www.example.org/", "https://a.blog.example.org/", true)]
    [InlineData("https://example.org/", "https://example.org:8443/", false)]
    [InlineData("http://example.org:8080/", "http://www.example.org:8080/", true)]
    [InlineData("https://shop.example.co.uk/", "https://example.co.uk/", true)]
    [InlineData("https://example.co.uk/", "https://another.co.uk/", false)]
    [InlineData("https://one.github.io/", "https://two.github.io/", false)]
    [InlineData("https://github.io/", "https://two.github.io/", false)]
    [InlineData("http://127.0.0.1/", "http://127.0.0.2/", false)]
    [InlineData("http://1.0.0.127/", "http://127.0.0.127/", false)]
    [InlineData("http://localhost/", "http://other/", false)]
    [InlineData("http://localhost/", "http://a.localhost/", false)]
    [InlineData("https://example.org/", "https://notexample.org/", false)]
    public void A_site_is_all_hosts_under_one_registrable_domain_at_one_door(string a, string b, bool same)
    {
        Assert.Equal(same, SiteRule.SameSite(PageUrl.FromStored(a), PageUrl.FromStored(b)));
        Assert.Equal(same, SiteRule.SameSite(PageUrl.FromStored(b), PageUrl.FromStored(a)));
    }

    [Fact]
    public void Without_limits_the_whole_site_is_taken_and_nothing_else()
    {
        Assert.Equal(ScopeVerdict.Take, Judge("https://example.org/a", depth: 1000));
        Assert.Equal(ScopeVerdict.AnotherSite, Judge("https://example.net/"));
    }

    [Fact]
    public void Depth_counts_links_from_the_start_URL()
    {
        Assert.Equal(ScopeVerdict.Take, Judge("https://example.org/a", depth: 2, maxDepth: 2));
        Assert.Equal(ScopeVerdict.KeepOut(ExclusionReason.Depth), Judge("https://example.org/a", depth: 3, maxDepth: 2));
    }

    [Fact]
    public void Include_and_exclude_judge_all_but_the_start_URL()
    {
        string[] news = ["/news/*"];
        Assert.Equal(ScopeVerdict.Take, Judge("https://example.org/news/1", include: news));
        Assert.Equal(ScopeVerdict.KeepOut(ExclusionReason.Include), Judge("https://example.org/about", include: news));
        Assert.Equal(ScopeVerdict.KeepOut(ExclusionReason.Exclude), Judge("https://example.org/news/old", include: news, exclude: ["*/old"]));
        Assert.Equal(ScopeVerdict.Take, Judge(Start.Text, depth: 9, maxDepth: 0, include: news, exclude: ["*"]));
    }

    [Fact]
    public void Another_site_is_never_a_matter_of_limits() => Assert.Equal(ScopeVerdict.AnotherSite, Judge("https://example.net/", depth: 9, maxDepth: 1, exclude: ["*"]));
}
