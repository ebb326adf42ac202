using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class GlobPatternSpecs
{
    private static bool Matches(string pattern, string url)
    {
        Assert.True(GlobPattern.TryParse(pattern, out var glob, out var problem), problem);
        return glob.Matches(PageUrl.FromStored(url));
    }

    [Theory]
    [InlineData("/a/*", "http://h/a/b/c?d", true)]
    [InlineData("/a/*", "http://h/a", false)]
    [InlineData("/a/*", "http://h/x/a/b", false)]
    [InlineData("/a?c", "http://h/abc", true)]
    [InlineData("/a?c", "http://h/abbc", false)]
    [InlineData("/", "http://h/", true)]
    [InlineData("/", "http://h/x", false)]
    [InlineData("*", "http://h/x", true)]
    [InlineData("*.pdf", "http://h/x.pdf", true)]
    [InlineData("*.pdf", "http://h/x.pdf?y", false)]
    [InlineData("http://h/*/b*c", "http://h/a/bbc", true)]
    [InlineData("http*://h/*", "https://h/x", true)]
    [InlineData("https://h/*", "http://h/x", false)]
    [InlineData("/\u00fc*", "http://h/%C3%BCber", true)]
    [InlineData("/a.c", "http://h/abc", false)]
    [InlineData("/*a*b*c*", "http://h/1a2b3", false)]
    public void Star_is_any_run_and_question_mark_one_character(string pattern, string url, bool matches) => Assert.Equal(matches, Matches(pattern, url));

    [Theory]
    [InlineData(null, "An empty pattern matches nothing; allowed is a pattern such as /blog/* or https://*.example.org/*.")]
    [InlineData("", "An empty pattern matches nothing; allowed is a pattern such as /blog/* or https://*.example.org/*.")]
    [InlineData("example.org/*", "The pattern 'example.org/*' can match no URL; allowed is one that begins with /, *, http:// or https://.")]
    [InlineData("http:", "The pattern 'http:' can match no URL; allowed is one that begins with /, *, http:// or https://.")]
    [InlineData("/a#b", "The pattern '/a#b' holds a #, but URLs are compared without their fragment; leave it and what follows away.")]
    [InlineData("/a\nb", "The pattern '/a b' holds a control character, which no URL does.")]
    public void A_pattern_that_can_match_nothing_is_refused_with_a_sentence(string? pattern, string problem)
    {
        Assert.False(GlobPattern.TryParse(pattern, out _, out var said));
        Assert.Equal(problem, said);
    }

    [Fact]
    public void A_hostile_pattern_does_not_explode()
    {
        var pattern = "/" + string.Concat(Enumerable.Repeat("*a", 500)) + "*b";
        Assert.False(Matches(pattern, "http://h/" + new string('a', 2000)));
    }
}
