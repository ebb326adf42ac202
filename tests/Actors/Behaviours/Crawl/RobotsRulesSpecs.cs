using Amble.Behaviours.Crawl;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class RobotsRulesSpecs
{
    private static RobotsRules Ours(string rules) => RobotsRules.Parse("User-agent: AmbleBot\n" + rules, RobotsRules.ProductToken);

    [Theory]
    [InlineData("Disallow: /a", "/a/b", false)]
    [InlineData("Disallow: /a", "/b", true)]
    [InlineData("Disallow:", "/", true)]
    [InlineData("Disallow: /\nAllow: /$", "/", true)]
    [InlineData("Disallow: /\nAllow: /$", "/x", false)]
    [InlineData("Disallow: /*.pdf$", "/a.pdf", false)]
    [InlineData("Disallow: /*.pdf$", "/a.pdf?x", true)]
    [InlineData("Disallow: /*.pdf$", "/a.pdf.pdf", false)]
    [InlineData("Disallow: /a*b*c", "/a1b2", true)]
    [InlineData("Disallow: /a*b*c", "/a1b2c3", false)]
    [InlineData("Disallow: /*?", "/a?b", false)]
    [InlineData("Disallow: /a$b", "/a$b", false)]
    [InlineData("Disallow: *secret", "/top/secret", false)]
    [InlineData("Disallow: /a*$", "/abc", false)]
    [InlineData("Disallow: private", "/private", true)]
    [InlineData("Disallow: /a b", "/a%20b", false)]
    [InlineData("Disallow: /ü", "/%C3%BC", false)]
    [InlineData("Disallow: /%c3%bc", "/%C3%BC", false)]
    [InlineData("Disallow: /x?q={a}", "/x?q={a}", false)]
    [InlineData("Disallow: /%7Ejoe", "/~joe", false)]
    [InlineData("Disallow: /~joe", "/%7ejoe", false)]
    [InlineData("Disallow: /a%2Fb", "/a/b", true)]
    [InlineData("Disallow: /a%2", "/a%2", false)]
    [InlineData("Disallow: /", "/robots.txt", true)]
    [InlineData("Disallow: /", "/robots.txt?x", false)]
    [InlineData("Disalow: /", "/", false)]
    public void The_longest_matching_pattern_decides(string rules, string path, bool allowed) => Assert.Equal(allowed, Ours(rules).Allows(path));

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Any_line_end_ends_a_line_and_a_byte_order_mark_is_not_text(string end) =>
        Assert.False(RobotsRules.Parse($"\uFEFFUser-agent: amblebot{end}Disallow: /x # why{end}", RobotsRules.ProductToken).Allows("/x"));

    [Theory]
    [InlineData("AMBLEBOT", false)]
    [InlineData("AmbleBot/2.0", false)]
    [InlineData("AmbleBotNews", true)]
    [InlineData("Amble", true)]
    public void A_group_is_ours_when_its_whole_token_is_ours_without_case(string agent, bool allowed) =>
        Assert.Equal(allowed, RobotsRules.Parse($"User-agent: {agent}\nDisallow: /", RobotsRules.ProductToken).Allows("/x"));

    [Fact]
    public void Groups_that_name_us_count_as_one_and_put_out_everyones()
    {
        var rules = RobotsRules.Parse(
            "User-agent: *\nDisallow: /every\nCrawl-delay: 9\nUser-agent: AmbleBot\nDisallow: /a\nUser-agent: x\nDisallow: /x\nUser-agent: amblebot\nDisallow: /b",
            RobotsRules.ProductToken);
        Assert.Equal([true, false, true, false], new[] { "/every", "/a", "/x", "/b" }.Select(rules.Allows));
        Assert.Null(rules.CrawlDelay);
    }

    [Fact]
    public void An_empty_group_of_ours_still_puts_out_everyones() =>
        Assert.True(RobotsRules.Parse("User-agent: *\nDisallow: /\n\nUser-agent: AmbleBot\nDisallow:", RobotsRules.ProductToken).Allows("/x"));

    [Theory]
    [InlineData("2", 2.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("1\nCrawl-delay: 3\nCrawl-delay: 2", 3.0)]
    [InlineData("999999999999", 86400.0)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    public void Crawl_delay_is_the_longest_that_can_be_read(string value, double? seconds) =>
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : (TimeSpan?)null, Ours($"Crawl-delay: {value}").CrawlDelay);

    [Fact]
    public void Sitemaps_are_read_from_everywhere_and_each_once() =>
        Assert.Equal(["https://a/1", "/2"], RobotsRules.Parse("Sitemap: https://a/1\nUser-agent: x\nsitemap:/2\nSITEMAP: https://a/1", "AmbleBot").Sitemaps);

    [Fact]
    public void A_hostile_pattern_and_path_are_matched_without_backtracking()
    {
        // A backtracking matcher would need more steps than there are atoms; this returns because the matcher is linear.
        var pattern = string.Concat(Enumerable.Repeat("*a", 5000)) + "b";
        Assert.True(Ours($"Disallow: /{pattern}$").Allows("/" + new string('a', 2000)));
        Assert.False(Ours($"Disallow: /{string.Concat(Enumerable.Repeat("*a", 1000))}").Allows("/" + new string('a', 2000)));
    }

    [Fact]
    public void Rules_without_a_group_and_lines_without_sense_are_skipped() =>
        Assert.True(RobotsRules.Parse("Disallow: /\n:\n:x\n\0\nUser-agent\n<html>disallow all", RobotsRules.ProductToken).Allows("/x"));
}
