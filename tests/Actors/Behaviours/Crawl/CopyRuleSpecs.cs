using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class CopyRuleSpecs
{
    private static readonly PageUrl Url = PageUrl.FromStored("https://site.example/a");

    private static readonly PageCopy Copy = new(
        new Validators("\"1\"", null), 5_000, "text/html", "Title", "https://site.example/canonical", false, false, new PageFacts("About", "Head", 1, 70), 4,
        OutlinksPack.Pack(
        [
            new(PageUrl.FromStored("https://site.example/b"), "b", false), new(PageUrl.FromStored("https://site.example/a"), "itself", false),
            new(PageUrl.FromStored("https://site.example/out/c"), "c", true), new(PageUrl.FromStored("https://other.example/"), "another", false),
        ]));

    private static PageContent Content(PageCopy copy, int depth = 3, JobLimits? limits = null, bool noIndex = false, bool noFollow = false)
    {
        var job = new JobSpec(new JobId(2), new NewJob(PageUrl.FromStored("https://site.example/"), limits ?? JobLimits.None, 20, false, false));
        return CopyRule.Content(copy, Url, depth, ScopeRule.Of(job), noIndex, noFollow);
    }

    [Fact]
    public void What_was_known_of_the_page_is_known_again()
    {
        var content = Content(Copy);
        Assert.Equal(("Title", "https://site.example/canonical", 4, Copy.Facts), (content.Title, content.Canonical, content.OutlinkCount, content.Facts));
        Assert.Same(Copy.Outlinks, content.Outlinks);
        Assert.Equal(
            [("https://site.example/b", 4, "b"), ("https://site.example/out/c", 4, "c"), ("https://site.example/canonical", 4, "")],
            content.Found.Select(found => (found.Url.Text, found.Depth, found.Anchor)));
        Assert.Empty(content.Excluded);
    }

    [Fact]
    public void The_scope_is_that_of_the_job_that_asks_now()
    {
        var content = Content(Copy, limits: new JobLimits(null, null, [], ["/out/*"]));
        Assert.Equal([("https://site.example/out/c", ExclusionReason.Exclude)], content.Excluded.Select(one => (one.Url.Text, one.Why)));
        Assert.All(Content(Copy, depth: 5, limits: new JobLimits(null, 5, [], [])).Excluded, one => Assert.Equal(ExclusionReason.Depth, one.Why));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_nofollow_of_then_or_of_now_is_obeyed(bool then, bool now)
    {
        var content = Content(Copy with { NoFollow = then }, noFollow: now, noIndex: true);
        Assert.Empty(content.Found);
        Assert.Equal((true, true, 4), (content.NoFollow, content.NoIndex, content.OutlinkCount));
    }
}
