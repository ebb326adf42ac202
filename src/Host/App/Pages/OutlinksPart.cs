using Amble.App.Cli;
using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>What a page links to, cut; nothing where that is not kept any more.</summary>
public static class OutlinksPart
{
    private const int Most = 100;
    private const int InSight = 10;

    public static Html Write(VisitDetails? details, int count, PageUrl page)
    {
        if (details is null || details.Outlinks.Length == 0)
        {
            return Html.None;
        }
        var links = OutlinksPack.Unpack(details.Outlinks).Take(Most).ToList();
        var all = Math.Max(count, details.OutlinkCount);
        var more = links.Count > InSight
            ? Html.Of($"""<details><summary>{Quantity.Of(links.Count - InSight, "more link")}</summary><ul class="plain">{links.Skip(InSight).Select(link => Item(link, page))}</ul></details>""") : Html.None;
        var cut = all > links.Count ? Html.Of($"""<p class="sub">The first {links.Count} of {all}.</p>""") : Html.None;
        return Html.Of($"""<section aria-labelledby="outlinks"><h2 id="outlinks">Links on it</h2><ul class="plain">{links.Take(InSight).Select(link => Item(link, page))}</ul>{more}{cut}</section>""");
    }

    private static Html Item(Outlink link, PageUrl page)
    {
        var nofollow = link.NoFollow ? Html.Of($""" <span class="chip">nofollow</span>""") : Html.None;
        return Html.Of($"""<li>{BrokenPart.Source(link.Url, link.Anchor, page)}{nofollow}</li>""");
    }
}
