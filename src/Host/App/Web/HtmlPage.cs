using System.Buffers;
using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.App.Web;

/// <summary>What a crawler reads on an HTML page.</summary>
public static class HtmlPage
{
    /// <summary>Reads a page. Any bytes will do: what is malformed is read as browsers read it.</summary>
    /// <param name="body">Decompressed.</param>
    /// <param name="charset">The charset of Content-Type; null when it names none.</param>
    /// <param name="robotsTags">All field values of X-Robots-Tag.</param>
    /// <param name="url">Where it was got from: relative links start here, unless the page has a base.</param>
    /// <param name="depth">The page's own; what it links to lies one deeper.</param>
    public static PageContent Read(ReadOnlySpan<byte> body, string? charset, IEnumerable<string> robotsTags, PageUrl url, int depth, ScopeRule scope)
    {
        var encoding = HtmlEncoding.Of(body, charset, out var mark);
        body = body[mark..];
        var text = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(body.Length));
        HtmlScan scan;
        try
        {
            scan = HtmlScan.Of(text, encoding.GetChars(body, text));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }

        var robots = scan.Robots;
        foreach (var tag in robotsTags)
            robots = robots.With(RobotsDirectives.OfHeader(tag));
        return Judge(scan, robots, url, depth, scope);
    }

    private static PageContent Judge(HtmlScan scan, RobotsDirectives robots, PageUrl url, int depth, ScopeRule scope)
    {
        var start = (scan.Base is null ? null : url.Resolve(scan.Base)) ?? url;
        var outlinks = new List<Outlink>(scan.Links.Count);
        var seen = new Dictionary<PageUrl, int>(scan.Links.Count);
        foreach (var link in scan.Links)
        {
            if (start.Resolve(link.Href) is not { } to)
                continue;
            if (seen.TryAdd(to, outlinks.Count))
                outlinks.Add(new Outlink(to, link.Anchor, link.NoFollow));
            else if (outlinks[seen[to]].Anchor.Length == 0 && link.Anchor.Length > 0)
                // A linked picture often comes before its caption; the words tell more.
                outlinks[seen[to]] = outlinks[seen[to]] with { Anchor = link.Anchor };
        }

        var canonical = scan.Canonical is null ? null : start.Resolve(scan.Canonical);
        var (found, excluded) = FoundRule.Judge(outlinks, canonical, robots.NoFollow, url, depth, scope);
        return new PageContent(scan.Title, canonical?.Text, robots.NoIndex, robots.NoFollow, found, excluded, outlinks.Count, OutlinksPack.Pack(outlinks)) { Facts = scan.Facts };
    }
}
