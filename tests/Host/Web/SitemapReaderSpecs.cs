using System.Text;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Web;

public class SitemapReaderSpecs
{
    private readonly Sitemaps _sitemaps = new();

    [Fact]
    public async Task A_urlset_gives_pages_one_link_away_from_the_start()
    {
        var content = await _sitemaps.ReadAsync(Sitemaps.Set("http://a.test/", "http://a.test/b?c=1&amp;d=2#e", " \n http://a.test/f \n "));
        Assert.Equal(new SitemapContent(3, 0, 0, null), content);
        Assert.Equal(["http://a.test/", "http://a.test/b?c=1&d=2", "http://a.test/f"], _sitemaps.Urls);
        Assert.All(_sitemaps.Parts.Single().Found, found => Assert.Equal((1, 0, UnitKind.Page), (found.Depth, found.Hops, found.Kind)));
    }

    [Fact]
    public async Task An_index_gives_files_one_step_deeper()
    {
        var content = await _sitemaps.ReadAsync(Sitemaps.Index(["http://a.test/1.xml", "http://b.test/2.xml", "/3.xml.gz"]), depth: 1);
        Assert.Equal(new SitemapContent(0, 2, 1, null), content);
        Assert.Equal([("http://a.test/1.xml", 2, UnitKind.Sitemap), ("http://a.test/3.xml.gz", 2, UnitKind.Sitemap)], _sitemaps.Parts.Single().Found.Select(f => (f.Url.Text, f.Depth, f.Kind)));
    }

    [Fact]
    public async Task A_maze_of_indexes_ends()
    {
        var content = await _sitemaps.ReadAsync(Sitemaps.Index(["http://a.test/1.xml"]), depth: 2);
        Assert.Equal((0, "It is an index within 2 others; what it lists was not read."), (content.Files, content.Problem));
        Assert.Empty(_sitemaps.Parts);
    }

    [Theory]
    [InlineData("<urlset><url><loc>http://a.test/1</loc></url></urlset>")]
    [InlineData("<urlset xmlns='http://www.google.com/schemas/sitemap/0.84'><url><loc>http://a.test/1</loc></url></urlset>")]
    [InlineData("<s:urlset xmlns:s='urn:s'><s:url><s:lastmod>2026</s:lastmod><s:loc><![CDATA[http://a.test]]>/1</s:loc></s:url></s:urlset>")]
    [InlineData("\n\n  <?xml version='1.0'?><urlset><url><image:image xmlns:image='urn:i'><image:loc>http://a.test/i.png</image:loc></image:image><loc>http://a.test/1</loc></url></urlset>")]
    [InlineData("<rss version='2.0'><channel><link>http://a.test/feed</link><item><title>x</title><link>http://a.test/1</link><guid>7</guid></item></channel></rss>")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><link href='http://a.test/feed'/><entry><link rel='self' href='http://a.test/0'/><link href='http://a.test/1'/></entry></feed>")]
    [InlineData("http://a.test/1")]
    [InlineData("\uFEFF\r\n\r\nhttp://a.test/1\r\n")]
    public async Task Every_form_that_sitemaps_org_allows_is_read(string text)
    {
        Assert.Equal(new SitemapContent(1, 0, 0, null), await _sitemaps.ReadAsync(text));
        Assert.Equal(["http://a.test/1"], _sitemaps.Urls);
    }

    [Fact]
    public async Task UTF_16_and_byte_order_marks_are_understood()
    {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><urlset><url><loc>http://a.test/ü</loc></url></urlset>";
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Equal(1, (await _sitemaps.ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(text)])).Urls);
        Assert.Equal(1, (await _sitemaps.ReadAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("http://a.test/ü\n")])).Urls);
        Assert.Equal(1, (await _sitemaps.ReadAsync("\uFEFF" + Sitemaps.Set("http://a.test/ü"))).Urls);
        Assert.Equal(1, (await _sitemaps.ReadAsync(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='windows-1252'?><urlset><url><loc>http://a.test/ü</loc></url></urlset>"))).Urls);
        Assert.Equal(["http://a.test/%C3%BC"], _sitemaps.Urls.Distinct());
    }

    [Fact]
    public async Task Gzip_is_known_by_its_first_bytes_whatever_the_headers_say()
    {
        var plain = Sitemaps.Set("http://a.test/1");
        Assert.Equal(1, (await _sitemaps.ReadAsync(Sitemaps.Gzip(plain))).Urls);
        Assert.Equal(1, (await _sitemaps.ReadAsync(Sitemaps.Gzip(plain), 0, "gzip")).Urls);
        Assert.Equal(1, (await _sitemaps.ReadAsync(Sitemaps.Gzip(Sitemaps.Gzip(plain)), 0, "gzip")).Urls);
        Assert.Equal(1, (await _sitemaps.ReadAsync(Sitemaps.Gzip("http://a.test/1\n"))).Urls);
        Assert.Equal(4, _sitemaps.Urls.Count());
    }

    [Theory]
    [InlineData("<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>http://a.test/&x;</loc></url></urlset>", "It has a document type declaration (DTD), which is not read.")]
    [InlineData("<!doctype html><title>Not found</title>", "It is a web page, not a sitemap.")]
    [InlineData("<html xmlns='http://www.w3.org/1999/xhtml'><head/></html>", "It is a web page, not a sitemap.")]
    [InlineData("<pages><page>http://a.test/1</page></pages>", "Its root element is 'pages'; a sitemap's is urlset, sitemapindex, rss or feed.")]
    [InlineData("", "It is empty.")]
    [InlineData("{\"urls\": []}", "One of its entries is no URL that can be crawled.")]
    [InlineData("www.a.test/1\nmailto:a@a.test\n", "2 of its entries are no URLs that can be crawled.")]
    public async Task What_is_no_sitemap_is_refused_with_the_reason(string text, string problem)
    {
        Assert.Equal(new SitemapContent(0, 0, 0, problem), await _sitemaps.ReadAsync(text));
        Assert.Empty(_sitemaps.Parts);
    }

    [Fact]
    public async Task What_stands_before_a_fault_counts()
    {
        var cut = Sitemaps.Set("http://a.test/1", "http://a.test/2", "http://a.test/3");
        var content = await _sitemaps.ReadAsync(cut[..cut.IndexOf("/3", StringComparison.Ordinal)]);
        Assert.Equal((2, 2), (content.Urls, _sitemaps.Urls.Count()));
        Assert.StartsWith("It is not well-formed XML (line 3, column", content.Problem, StringComparison.Ordinal);

        var packed = Sitemaps.Gzip(string.Concat(Enumerable.Range(0, 20_000).Select(n => $"http://a.test/{n * 7919 % 104_729}\n")));
        packed.AsSpan(packed.Length / 2).Fill(0xFF);
        content = await _sitemaps.ReadAsync(packed);
        Assert.Equal("It cannot be decompressed; what stands before the fault was read.", content.Problem);
        Assert.InRange(content.Urls, 1, 19_999);
    }

    [Fact]
    public async Task Other_sites_are_counted_and_left_out_and_limits_keep_their_reasons()
    {
        var sitemaps = new Sitemaps(limits: new JobLimits(null, null, [], ["*.pdf"]));
        var content = await sitemaps.ReadAsync(Sitemaps.Set("http://a.test/1", "http://b.test/2", "http://a.test/3.pdf", "ftp://a.test/4"));
        Assert.Equal(new SitemapContent(2, 0, 1, "One of its entries is no URL that can be crawled."), content);
        var part = sitemaps.Parts.Single();
        Assert.Equal(["http://a.test/1"], part.Found.Select(found => found.Url.Text));
        Assert.Equal([("http://a.test/3.pdf", ExclusionReason.Exclude)], part.Excluded.Select(one => (one.Url.Text, one.Why)));
    }

    [Fact]
    public async Task Parts_are_handed_over_while_reading_and_the_reading_stops_when_nothing_more_is_wanted()
    {
        var sitemaps = new Sitemaps { Wanted = 2 };
        var body = Encoding.UTF8.GetBytes(Sitemaps.Set(Enumerable.Range(0, 20_000).Select(n => $"http://a.test/{n}")));
        await sitemaps.ReadAsync(body);
        Assert.Equal([(0, 500), (1, 500)], sitemaps.Parts.Select(part => (part.Number, part.Found.Count)));
        Assert.InRange(sitemaps.Received, 1, body.Length / 5);
    }

    [Fact]
    public async Task The_last_part_is_what_is_left()
    {
        await _sitemaps.ReadAsync(Sitemaps.Set(Enumerable.Range(0, 1_234).Select(n => $"http://a.test/{n}")));
        Assert.Equal([500, 500, 234], _sitemaps.Parts.Select(part => part.Found.Count));
    }

    [Fact]
    public async Task Fifty_thousand_URLs_are_read_and_no_more()
    {
        var content = await _sitemaps.ReadAsync(Sitemaps.Set(Enumerable.Range(0, 50_001).Select(n => $"http://a.test/{n}")));
        Assert.Equal(new SitemapContent(50_000, 0, 0, "It has more than 50,000 URLs; the rest was not read."), content);
        Assert.Equal(50_000, _sitemaps.Urls.Count());
        Assert.Null((await _sitemaps.ReadAsync(Sitemaps.Set(Enumerable.Range(0, 50_000).Select(n => $"http://a.test/{n}")))).Problem);
    }

    [Fact]
    public async Task Fifty_megabytes_decompressed_are_read_and_no_more()
    {
        var body = new byte[60 << 20];
        body.AsSpan().Fill((byte)' ');
        "<urlset><url><loc>http://a.test/1</loc></url>"u8.CopyTo(body);
        var bomb = Sitemaps.Gzip(body);
        Assert.InRange(bomb.Length, 1, 1 << 20);
        Assert.Equal(new SitemapContent(1, 0, 0, "It is over 52,428,800 bytes; the rest was not read."), await _sitemaps.ReadAsync(bomb));
    }

    [Fact]
    public async Task A_URL_of_megabytes_is_never_held()
    {
        var endless = new string('x', 5 << 20);
        Assert.Equal((1, "One of its entries is no URL that can be crawled."), Told(await _sitemaps.ReadAsync($"http://a.test/{endless}\nhttp://a.test/1\n")));
        Assert.Equal((1, "One of its entries is no URL that can be crawled."), Told(await _sitemaps.ReadAsync(Sitemaps.Set("http://a.test/" + endless, "http://a.test/1"))));

        static (int, string?) Told(SitemapContent content) => (content.Urls, content.Problem);
    }

    [Fact]
    public async Task An_index_of_too_many_files_is_cut()
    {
        var content = await _sitemaps.ReadAsync(Sitemaps.Index(Enumerable.Range(0, 501).Select(n => $"http://a.test/{n}.xml")));
        Assert.Equal(new SitemapContent(0, 500, 0, "It lists more than 500 sitemaps; the rest was not read."), content);
    }
}
