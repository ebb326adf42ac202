using Amble.Actors.Specs.Corpora;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Host.Specs.Web;

/// <summary>
/// The sitemaps of crawler-commons, where they lie beside the repository; said out loud where they do not. Where we differ on purpose:
/// an Atom entry's link without rel means the same as rel="alternate" (RFC 4287 section 4.2.7.2), so both are taken where crawler-commons
/// takes the first; URLs of extensions (images, videos, players, xhtml alternates) are no pages of the sitemap, and are found on the pages.
/// </summary>
public class SitemapCorpusSpecs(ITestOutputHelper output)
{
    private const string Folder = "crawler-commons/sitemaps/";

    // File, start URL, URLs of its site, sitemaps, URLs of other sites.
    private static readonly (string File, string Start, int Urls, int Files, int Others)[] Expected =
    [
        ("atom.xml", "http://example.org/", 2, 0, 0),
        ("do-not-visit.txt", "http://www.example.com/", 1, 0, 0),
        ("sitemap-with-bom.txt", "http://www.domain.com/", 2, 0, 0),
        ("sitemap.badns.xml", "http://www.example.com/", 2, 0, 0),
        ("sitemap.index.xml", "https://example.com/", 0, 15, 0),
        ("sitemap.ns.xml", "http://www.example.com/", 2, 0, 0),
        ("sitemap.txt", "http://www.domain.com/", 2, 0, 0),
        ("sitemap.txt.gz", "http://www.example.com/", 5, 0, 0),
        ("xmlSitemap.gz", "http://www.example.com/", 5, 0, 0),
        ("extension/hebdenbridgetimes-articles-sitemap.xml", "http://www.hebdenbridgetimes.co.uk/", 74, 0, 0),
        ("extension/pagemaps-sitemap.xml", "http://www.example.com/", 2, 0, 0),
        ("extension/shinpaideshou-news-sitemap.xml", "https://shinpaideshou.wordpress.com/", 3, 0, 0),
        ("extension/sitemap-images.xml", "http://www.example.com/", 1, 0, 0),
        ("extension/sitemap-links.xml", "http://www.example.com/", 3, 0, 0),
        ("extension/sitemap-mobile.xml", "http://www.example.com/", 3, 0, 0),
        ("extension/sitemap-news.xml", "http://www.example.org/", 2, 0, 0),
        ("extension/sitemap-videos-tvshow.xml", "https://example.org/", 1, 0, 0),
        ("extension/sitemap-videos.xml", "http://www.example.com/", 3, 0, 0),
    ];

    [Fact]
    public async Task Every_file_of_crawler_commons_is_read_to_its_end()
    {
        if (Corpus.Find(Folder + Expected[0].File, output) is not { } first)
            return;
        var folder = Path.GetDirectoryName(first)!;
        Assert.Equal(
            Expected.Select(one => one.File).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal));

        var wrong = new List<string>();
        foreach (var (file, start, urls, files, others) in Expected)
        {
            var sitemaps = new Sitemaps(start);
            var content = await sitemaps.ReadAsync(await File.ReadAllBytesAsync(Path.Combine(folder, file)));
            if ((content.Urls, content.Files, content.OtherSites, content.Problem) != (urls, files, others, null) || sitemaps.Urls.Count() != urls + files)
                wrong.Add($"{file}: {content}");
        }
        Assert.Empty(wrong);
        output.WriteLine($"told: crawler-commons sitemaps: {Expected.Length} files read, 1 read otherwise on purpose (atom.xml: two alternates, not the first)");
    }

    [Fact]
    public async Task What_they_list_is_read_as_it_is_written()
    {
        if (Corpus.Find(Folder + "xmlSitemap.gz", output) is not { } file)
            return;
        var sitemaps = new Sitemaps("http://www.example.com/");
        await sitemaps.ReadAsync(await File.ReadAllBytesAsync(file));
        Assert.Equal(
            [
                "http://www.example.com/", "http://www.example.com/catalog?item=12&desc=vacation_hawaii", "http://www.example.com/catalog?item=73&desc=vacation_new_zealand",
                "http://www.example.com/catalog?item=74&desc=vacation_newfoundland", "http://www.example.com/catalog?item=83&desc=vacation_usa",
            ],
            sitemaps.Urls);
    }
}
