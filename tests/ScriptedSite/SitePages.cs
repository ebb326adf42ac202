using System.Text;

namespace Amble.ScriptedSites;

/// <summary>
/// The pages' HTML, a pure function of seed, domain and page: 10 to 30 KB, 20 to 60 links where the domain has that many pages, written
/// as absolute paths, full URLs and relative ones, now and then as sloppily as people write them.
/// </summary>
internal sealed class SitePages(ScriptedSiteOptions options)
{
    private const int LookPurpose = 3;
    private readonly string _prose = Prose(options.Seed);
    private readonly Dictionary<(int Domain, int Page), List<BrokenLink>> _broken = Enumerable.Range(1, options.BrokenLinks > 0 ? options.Domains : 0)
        .SelectMany(domain => SitePlan.BrokenLinks(options, domain).Select(link => (Domain: domain, Link: link)))
        .GroupBy(each => (each.Domain, each.Link.Source), each => each.Link)
        .ToDictionary(group => group.Key, group => group.ToList());

    /// <param name="authority">Host and port as the Host header has them: what full links begin with.</param>
    public byte[] Write(int domain, int page, string authority)
    {
        var dice = new Dice(options.Seed, domain, page, LookPurpose);
        var size = dice.Between(10 * 1024, 30 * 1024);
        var html = new StringBuilder(size + 1024);
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Page ").Append(page).Append(" of site ").Append(domain)
            .Append("</title><meta name=\"description\" content=\"What page ").Append(page).Append(" is about\"><link rel=\"canonical\" href=\"http://")
            .Append(authority).Append(SitePlan.PathOf(page)).Append("\"></head><body><nav><a href=\"/\">Home</a></nav>")
            .Append("<script>var notALink = '<a href=\"/script-only\">no</a>';</script><h1>Page ").Append(page).Append("</h1>\n");

        var links = WriteLinks(html, ref dice, domain, page, authority);
        for (var wanted = dice.Between(20, 61); links < wanted; links++)
        {
            WriteExtra(html, ref dice, authority);
        }
        html.Append("</ul>");
        while (html.Length < size - 700)
        {
            html.Append("<p>").Append(_prose, dice.Between(0, _prose.Length - 600), 600).Append("</p>\n");
        }
        return Encoding.UTF8.GetBytes(html.Append("</body></html>\n").ToString());
    }

    private int WriteLinks(StringBuilder html, ref Dice dice, int domain, int page, string authority)
    {
        html.Append("<ul>\n");
        var count = 0;
        foreach (var child in SitePlan.ChildrenOf(page, options.Pages))
        {
            WriteLink(html, ref dice, authority, SitePlan.PathOf(child), $"Page {child}");
            count++;
        }
        foreach (var link in _broken.GetValueOrDefault((domain, page), []))
        {
            html.Append($"<li><a href=\"{link.Path}\">{link.Anchor}</a>\n");
            count++;
        }
        if (options.Hostile && page == 0)
        {
            html.Append(HostilePages.Home);
            count += HostilePages.Names.Count;
        }
        if (options.EndlessTraps && page == 0)
        {
            foreach (var door in SiteTraps.Doors)
            {
                html.Append($"<li><a href=\"{door}\">More</a>\n");
            }
        }
        return options.Traps ? count + WriteTraps(html, page) : count;
    }

    private void WriteExtra(StringBuilder html, ref Dice dice, string authority)
    {
        var target = dice.Between(0, options.Pages);
        var path = target > 0 && dice.Roll() < options.RedirectShare ? $"/old/{target}" : SitePlan.PathOf(target);
        WriteLink(html, ref dice, authority, path, $"See also {target}");
    }

    private static void WriteLink(StringBuilder html, ref Dice dice, string authority, string path, string anchor)
    {
        var href = dice.Roll() switch
        {
            < 0.25 => $"http://{authority}{path}",
            // Pages lie at / and at /p/N, so this is relative to both.
            < 0.4 when path != "/" => $"../{path[1..]}",
            _ => path,
        };
        html.Append(dice.Roll() switch
        {
            < 0.03 => $"<li><A HREF='{href}'>{anchor}</A>\n",
            < 0.06 => $"<li><a href={href}>{anchor}</a>\n",
            < 0.09 => $"<li><a\n  class=\"x\"\n  href=\"{href}\"\n>{anchor}</a>\n",
            _ => $"<li><a href=\"{href}\">{anchor}</a>\n",
        });
    }

    private static int WriteTraps(StringBuilder html, int page)
    {
        html.Append($"""
            <li><a href="{SitePlan.PathOf(page)}#part-{page}">Further down</a>
            <li><a href="/?utm_source=page-{page}&amp;utm_medium=link">Home, tracked</a>
            <li><a href="/private/{page}">For staff</a>
            <li><a href="/cal/2026/{page}">Calendar</a>
            <li><a href="mailto:someone@example.test">Write</a> <a href="javascript:void(0)">Open</a> <a href="tel:+10000">Call</a>

            """);
        return 7;
    }

    private static string Prose(int seed)
    {
        string[] words = ["stone", "river", "walk", "evening", "gate", "slow", "market", "under", "bright", "letter", "seven", "garden", "north", "bread", "quiet", "harbour"];
        var dice = new Dice(seed, 0, 0, LookPurpose);
        var prose = new StringBuilder();
        while (prose.Length < 64 * 1024)
        {
            prose.Append(words[dice.Between(0, words.Length)]).Append(' ');
        }
        return prose.ToString();
    }
}
