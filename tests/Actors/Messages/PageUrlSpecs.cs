using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Messages;

public class PageUrlSpecs
{
    [Theory]
    [InlineData("HTTP://Example.ORG", "http://example.org/")]
    [InlineData(" https://example.org:443/a ", "https://example.org/a")]
    [InlineData("http://example.org:8080", "http://example.org:8080/")]
    [InlineData("http://example.org/a#b", "http://example.org/a")]
    [InlineData("http://user:secret@example.org/", "http://example.org/")]
    [InlineData("http://example.org/a/./b/../c", "http://example.org/a/c")]
    [InlineData("http://example.org/../../a/%2e%2E/b/..", "http://example.org/")]
    [InlineData("http://example.org\\a\\b", "http://example.org/a/b")]
    [InlineData("http://example.org/a b\u00fc", "http://example.org/a%20b%C3%BC")]
    [InlineData("http://example.org/%7Ea?q='x'", "http://example.org/%7Ea?q=%27x%27")]
    [InlineData("http://m\u00fcnchen.de/", "http://xn--mnchen-3ya.de/")]
    [InlineData("http://0x7f.1/", "http://127.0.0.1/")]
    [InlineData("http://[::FFFF:1.2.3.4]:80/", "http://[::ffff:102:304]/")]
    [InlineData("http://example.org?b=2&a=1", "http://example.org/?b=2&a=1")]
    [InlineData("http://example.org/a?", "http://example.org/a?")]
    [InlineData("http://example.org/?utm_source=x&a=1&UTM_medium=y&gclid=z&b", "http://example.org/?a=1&b")]
    [InlineData("http://example.org/?fbclid=1&msclkid=2&mc_cid=3&mc_eid=4", "http://example.org/")]
    [InlineData("http://example.org/?gclids=1&xutm_a=2", "http://example.org/?gclids=1&xutm_a=2")]
    [InlineData("http://exa\nmple.org/a\tb", "http://example.org/ab")]
    public void One_page_has_one_text(string written, string canonical)
    {
        Assert.True(PageUrl.TryParse(written, out var url, out var problem), problem);
        Assert.Equal(canonical, url.Text);
        Assert.True(PageUrl.TryParse(canonical, out var again, out _));
        Assert.Equal(url, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("ftp://example.org/")]
    [InlineData("mailto:a@example.org")]
    [InlineData("http://")]
    [InlineData("http:///")]
    [InlineData("http://a..b/")]
    [InlineData("http://a:99999/")]
    [InlineData("http://a:x/")]
    [InlineData("http://1.2.3.4.5/")]
    [InlineData("http://[::1/")]
    [InlineData("http://a b/")]
    public void What_cannot_be_crawled_is_refused_with_a_sentence(string? text)
    {
        Assert.False(PageUrl.TryParse(text, out var url, out var problem));
        Assert.Null(url);
        Assert.Equal($"'{text}' is not a URL that can be crawled; allowed is http://HOST/PATH or https://HOST/PATH.", problem);
    }

    [Fact]
    public void The_longest_URL_is_2083_characters_after_escaping()
    {
        const string start = "http://example.org/";
        Assert.True(PageUrl.TryParse(start + new string('a', 2083 - start.Length), out _, out _));
        Assert.False(PageUrl.TryParse(start + new string('a', 2084 - start.Length), out _, out var problem));
        Assert.Equal("A URL of 2,084 characters is too long to be crawled; allowed are 2,083.", problem);
        Assert.False(PageUrl.TryParse(start + new string('\u00fc', 1000), out _, out _));
    }

    [Theory]
    [InlineData("", "https://example.org:8443/a/b?c")]
    [InlineData("#x", "https://example.org:8443/a/b?c")]
    [InlineData("?d", "https://example.org:8443/a/b?d")]
    [InlineData("d", "https://example.org:8443/a/d")]
    [InlineData("../d/", "https://example.org:8443/d/")]
    [InlineData("/d?e#f", "https://example.org:8443/d?e")]
    [InlineData("//example.net/d", "https://example.net/d")]
    [InlineData("http://example.net", "http://example.net/")]
    [InlineData("https:d", "https://example.org:8443/a/d")]
    [InlineData("\\\\example.net\\d", "https://example.net/d")]
    [InlineData("javascript:void(0)", null)]
    [InlineData("tel:1", null)]
    public void A_reference_is_resolved_as_browsers_do(string reference, string? expected)
    {
        var page = PageUrl.FromStored("https://example.org:8443/a/b?c");
        Assert.Equal(expected, page.Resolve(reference)?.Text);
        Assert.Equal(expected, PageUrl.Resolve(new Uri(page.Text), reference)?.Text);
    }

    [Theory]
    [InlineData("http://example.org/a?b", "http", "example.org", 80, "/a?b", "http://example.org", "example.org")]
    [InlineData("https://example.org/", "https", "example.org", 443, "/", "https://example.org", "example.org")]
    [InlineData("https://example.org:81/", "https", "example.org", 81, "/", "https://example.org:81", "example.org:81")]
    [InlineData("http://[::1]:8080/x", "http", "[::1]", 8080, "/x", "http://[::1]:8080", "[::1]:8080")]
    public void Its_parts_are_cut_from_its_text(string text, string scheme, string host, int port, string path, string origin, string domain)
    {
        var url = PageUrl.FromStored(text);
        Assert.Equal((scheme, host, port, path, origin), (url.Scheme, url.Host, url.Port, url.PathAndQuery, url.Origin));
        Assert.Equal(domain, url.Domain.Value);
        Assert.Equal(origin + "/robots.txt", url.Robots.Text);
        Assert.Equal(host, url.Robots.Host);
    }

    [Fact]
    public void What_a_read_leaves_behind_does_not_reach_the_next()
    {
        Assert.Null(PageUrl.FromStored("http://example.org/").Resolve(new string('a', 9000)));
        Assert.Equal("http://example.org/b", PageUrl.FromStored("http://example.org/").Resolve("b")!.Text);
    }
}
