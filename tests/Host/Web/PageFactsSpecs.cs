using System.Text;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Web;

/// <summary>What a page tells its readers beyond its title.</summary>
public class PageFactsSpecs
{
    private static readonly PageUrl Url = PageUrl.FromStored("https://example.org/a");

    private static PageFacts Read(string html) => HtmlPage.Read(
        Encoding.UTF8.GetBytes(html), null, [], Url, 0, ScopeRule.Of(new JobSpec(new JobId(1), new NewJob(Url, JobLimits.None, 20, false, false)))).Facts;

    [Theory]
    [InlineData("<meta name=description content=' What \n it&#39;s  about '>", "What it's about")]
    [InlineData("<META CONTENT='first' NAME=Description><meta name=description content=second>", "first")]
    [InlineData("<meta name=description content=''><meta name=description content=x>", "x")]
    [InlineData("<meta name=keywords content=x><meta property=og:description content=y>", null)]
    [InlineData("<template><meta name=description content=x></template>", null)]
    [InlineData("<meta name=description content='<script>alert(1)</script>'>", "<script>alert(1)</script>")]
    public void The_description_is_text(string html, string? description) => Assert.Equal(description, Read(html).Description);

    [Fact]
    public void A_description_is_at_most_500_characters_and_a_heading_at_most_300()
    {
        var facts = Read($"<meta name=description content={new string('d', 10_000)}><h1>{new string('h', 10_000)}</h1>");
        Assert.Equal((new string('d', 500), new string('h', 300)), (facts.Description, facts.Heading));
    }

    [Theory]
    [InlineData("<h1> One\n <em>two</em><br>three </h1><p>four", "One two three", 1)]
    [InlineData("<h1><a href=/x>linked</a> on</h1>", "linked on", 1)]
    [InlineData("<h1></h1><h1>second</h1><h1>third</h1>", "second", 3)]
    [InlineData("<h1>never closed<h2>other</h2>", "never closed", 1)]
    [InlineData("<h2>no</h2>", null, 0)]
    [InlineData("<template><h1>no</h1></template>", null, 0)]
    [InlineData("<h1><script>no()</script><svg><title>no</title></svg>A&amp;B</h1>", "A&B", 1)]
    public void The_heading_is_that_of_the_first_h1_that_says_anything(string html, string? heading, int count)
    {
        var facts = Read(html);
        Assert.Equal((heading, count), (facts.Heading, facts.Headings));
    }

    [Theory]
    [InlineData("<title>not these</title><p>One two</p><p>three", 3)]
    [InlineData("<p>one<b>two</b>three", 3)]
    [InlineData("well-known don't 3.5 a/b x &amp; y - — …", 6)]
    [InlineData("a&nbsp;b&#160;c d\u2003e\tf", 6)]
    [InlineData("Grüße aus Zürich, Привет мир", 5)]
    [InlineData("漢字かな한국어 말", 6)]
    [InlineData("<script>var a = 1</script><style>b { c: d }</style><!-- e f --><noscript>g</noscript><textarea>h</textarea><template>i</template>", 1)]
    [InlineData("<a href=/x>in a link</a>", 3)]
    [InlineData("one two <!-- within --> three", 3)]
    [InlineData("half &lt; full <3", 3)]
    [InlineData("😀 text", 2)]
    [InlineData("<svg><title>icon</title></svg> Search <svg><text>drawn</text><foreignObject>shown</foreignObject></svg> here", 3)]
    [InlineData("", 0)]
    public void Words_are_those_that_a_reader_sees(string html, int words) => Assert.Equal(words, Read(html).Words);
}
