using System.IO.Compression;
using System.Text;

namespace Amble.Simulation.Specs;

/// <summary>
/// The sitemaps of a simulated site: none, one where everybody looks, or some that robots.txt names, now and then behind an index or a
/// redirect, packed, cut short, flaky or gone. They list pages that links lead to, pages that nothing links to, and other sites.
/// </summary>
internal static class SimSitemaps
{
    public const int Orphans = 9;

    /// <summary>Adds them to the site's pages.</summary>
    /// <returns>Lines for robots.txt.</returns>
    public static string Draw(string host, int pages, Dictionary<string, SimPage> site, Random chance)
    {
        var kind = chance.Next(5);
        if (kind == 0) return "";
        for (var i = 0; i < Orphans; i++) site[$"/orphan/{i}"] = new SimPage(200, i == 0 ? ["/p/1"] : []);
        if (kind == 1)
        {
            site["/sitemap.xml"] = Set(host, pages, chance);
            return "";
        }
        var names = Enumerable.Range(0, chance.Next(1, 4)).Select(n => $"/maps/{n}.xml").ToArray();
        foreach (var name in names) site[name] = Set(host, pages, chance);
        if (kind == 2) return string.Concat(names.Select(name => $"Sitemap: {(chance.Next(2) == 0 ? "http://" + host : "")}{name}\n"));
        // An index that names itself, too: loops end by identity.
        site["/maps/index.xml"] = Map([.. names, "/maps/index.xml", "http://other.test/maps.xml"], "sitemap", "sitemapindex", host, chance);
        if (kind == 3) return "Sitemap: /maps/index.xml\n";
        site["/sitemap.xml"] = new SimPage(301, [], Location: "/maps/index.xml");
        return "";
    }

    private static SimPage Set(string host, int pages, Random chance)
    {
        string[] urls =
        [
            .. Enumerable.Range(0, chance.Next(1, Orphans)).Select(n => $"/orphan/{n}"), .. Enumerable.Range(0, chance.Next(6)).Select(_ => $"/p/{chance.Next(pages)}"),
            "/private/1", "http://other.test/y",
        ];
        return chance.Next(14) switch
        {
            0 => new SimPage(404, []),
            1 => new SimPage(500, []),
            2 => Map(urls, "url", "urlset", host, chance) with { FlakyTimes = chance.Next(1, 4) },
            3 => new SimPage(200, [], Sitemap: Encoding.UTF8.GetBytes("<!doctype html><title>Nothing</title>")),
            _ => Map(urls, "url", "urlset", host, chance),
        };
    }

    private static SimPage Map(string[] urls, string entry, string root, string host, Random chance)
    {
        var absolute = urls.Select(url => url.StartsWith('/') ? $"http://{host}{url}" : url).ToArray();
        var text = Encoding.UTF8.GetBytes($"<{root}>{string.Concat(absolute.Select(url => $"<{entry}><loc>{url}</loc></{entry}>"))}</{root}>");
        if (chance.Next(3) > 0) return new SimPage(200, absolute, Sitemap: text);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(text);
        return new SimPage(200, absolute, Sitemap: packed.ToArray());
    }
}
