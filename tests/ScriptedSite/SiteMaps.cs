using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Amble.ScriptedSites;

/// <summary>The site's sitemaps: one file or, of more pages than fit in one, an index and its files.</summary>
internal static class SiteMaps
{
    private const string Index = "/sitemap.xml";
    private const string Space = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

    /// <summary>Null when no sitemap is at this path.</summary>
    public static byte[]? Write(ScriptedSiteOptions options, string path, string authority)
    {
        if (!options.Sitemap || !path.StartsWith("/sitemap", StringComparison.Ordinal))
        {
            return null;
        }
        var files = (options.Pages + options.SitemapSize - 1) / options.SitemapSize;
        var text = path == Index
            ? files > 1 ? IndexOf(files, authority) : Urls(options, 0, authority)
            : path.StartsWith("/sitemap-", StringComparison.Ordinal) && path.EndsWith(".xml", StringComparison.Ordinal)
                && int.TryParse(path.AsSpan(9, path.Length - 13), NumberStyles.None, CultureInfo.InvariantCulture, out var file) && file < files
                ? Urls(options, file, authority) : null;
        return text is null ? null : options.SitemapGzip ? Pack(text) : Encoding.UTF8.GetBytes(text);
    }

    private static string IndexOf(int files, string authority) =>
        $"<sitemapindex {Space}>\n{string.Concat(Enumerable.Range(0, files).Select(file => $"<sitemap><loc>http://{authority}/sitemap-{file}.xml</loc></sitemap>\n"))}</sitemapindex>\n";

    private static string Urls(ScriptedSiteOptions options, int file, string authority)
    {
        var first = file * options.SitemapSize;
        var pages = Enumerable.Range(first, Math.Min(options.SitemapSize, options.Pages - first));
        return $"<urlset {Space}>\n{string.Concat(pages.Select(page => $"<url><loc>http://{authority}{SitePlan.PathOf(page)}</loc></url>\n"))}</urlset>\n";
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return packed.ToArray();
    }
}
