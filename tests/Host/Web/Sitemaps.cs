using System.IO.Compression;
using System.Text;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Host.Specs.Web;

/// <summary>Reads sitemaps in these specs and remembers what was handed over.</summary>
internal sealed class Sitemaps(string start = "http://a.test/", JobLimits? limits = null)
{
    private readonly JobSpec _job = new(new JobId(1), new NewJob(PageUrl.FromStored(start), limits ?? JobLimits.None, 20, false, false));

    public List<FoundPart> Parts { get; } = [];

    /// <summary>After this many parts nothing more is wanted.</summary>
    public int Wanted { get; init; } = int.MaxValue;

    public int PartSize { get; init; } = SitemapReader.UsualPart;

    /// <summary>Bytes that were asked of the connection.</summary>
    public long Received { get; private set; }

    public IEnumerable<string> Urls => Parts.SelectMany(part => part.Found).Select(found => found.Url.Text);

    public Task<SitemapContent> ReadAsync(string body, int depth = 0, params string[] encodings) => ReadAsync(Encoding.UTF8.GetBytes(body), depth, encodings);

    public Task<SitemapContent> ReadAsync(byte[] body, int depth = 0, params string[] encodings) => ReadAsync(new MemoryStream(body), depth, encodings);

    public async Task<SitemapContent> ReadAsync(Stream body, int depth = 0, params string[] encodings)
    {
        var request = new FetchRequest(PageUrl.FromStored(_job.Start.Origin + "/maps/sitemap.xml"), RequestKind.Sitemap, _job, depth, 0);
        var read = await SitemapReader.ReadAsync(body, encodings, request, ScopeRule.Of(_job), PartSize, part =>
        {
            Parts.Add(part);
            return Task.FromResult(Parts.Count < Wanted);
        }, CancellationToken.None);
        Received = read.Received;
        return read.Content;
    }

    public static string Set(params string[] urls) => Set((IEnumerable<string>)urls);

    public static string Set(IEnumerable<string> urls) =>
        $"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{string.Concat(urls.Select(url => $"<url><loc>{url}</loc></url>\n"))}</urlset>""";

    public static string Index(IEnumerable<string> urls) =>
        $"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{string.Concat(urls.Select(url => $"<sitemap><loc>{url}</loc><lastmod>2026-01-01</lastmod></sitemap>"))}</sitemapindex>""";

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return packed.ToArray();
    }

    public static byte[] Gzip(string plain) => Gzip(Encoding.UTF8.GetBytes(plain));
}
