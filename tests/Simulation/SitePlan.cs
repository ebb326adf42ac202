namespace Amble.Simulation.Specs;

/// <summary>Draws one scripted site: its pages, how they link, and how it treats those who ask.</summary>
internal static class SitePlan
{
    public static SimSite Draw(string host, string[] hosts, Random chance, bool unpaced, LifeTheme theme)
    {
        var count = theme is LifeTheme.Away or LifeTheme.Barren ? chance.Next(8, 30) : theme == LifeTheme.Many ? chance.Next(2, 12) : chance.Next(2, 30);
        var forbids = chance.Next(30) == 0;
        var pages = new Dictionary<string, SimPage>();
        for (var i = 0; i < count; i++)
        {
            var page = Page(i, count, hosts, chance);
            pages[i == 0 ? "/" : $"/p/{i}"] = forbids ? page with { Status = chance.Next(3) == 0 ? 200 : 403, Challenge = chance.Next(2) == 0, Location = null, Hangs = false } : page;
        }
        pages["/private/1"] = new SimPage(200, ["/"]);
        var sitemaps = SimSitemaps.Draw(host, count, pages, chance);
        var manners = Manners(chance, unpaced, sitemaps) with { Unreachable = host == "gone.test" || theme == LifeTheme.Usual && chance.Next(25) == 0 };
        return new SimSite(host, theme switch
        {
            LifeTheme.Barren => manners with { RetryAfter = false, RefuseFrom = TimeSpan.FromSeconds(chance.Next(20)), RefuseFor = TimeSpan.FromDays(30), Rate = null },
            LifeTheme.Away => manners with { RetryAfter = true, RefuseFrom = TimeSpan.FromSeconds(chance.Next(20)), RefuseFor = TimeSpan.FromHours(25 + chance.NextDouble()), Rate = null },
            _ => manners,
        }, pages);
    }

    private static SimPage Page(int number, int count, string[] hosts, Random chance)
    {
        var links = new List<string>();
        for (var child = number * 3 + 1; child <= number * 3 + 3 && child < count; child++) links.Add($"/p/{child}");
        for (var extra = chance.Next(4); extra > 0; extra--)
        {
            links.Add(chance.Next(8) switch
            {
                0 => "/gone/" + chance.Next(3),
                1 => "/private/1",
                2 => $"http://{hosts[chance.Next(hosts.Length)]}/p/{chance.Next(count)}",
                3 => "http://other.test/x",
                4 => "/#top",
                _ => $"/p/{chance.Next(count + 1)}?q={chance.Next(2)}",
            });
        }
        if (number == 0) return new SimPage(200, links);
        return chance.Next(20) switch
        {
            0 => new SimPage(301, [], Location: chance.Next(3) switch { 0 => $"/p/{chance.Next(count)}", 1 => $"http://{hosts[^1]}/", _ => "http://other.test/" }),
            1 => new SimPage(500, []),
            2 => new SimPage(200, links, FlakyTimes: chance.Next(1, 4)),
            3 => new SimPage(chance.Next(2) == 0 ? 403 : 410, []),
            4 when chance.Next(6) == 0 => new SimPage(200, [], Hangs: true),
            _ => new SimPage(200, links),
        };
    }

    private static SimManners Manners(Random chance, bool unpaced, string sitemaps)
    {
        var delay = !unpaced && chance.Next(5) == 0 ? $"Crawl-delay: {chance.Next(1, 6)}\n" : "";
        var robots = $"User-agent: *\n{delay}Disallow: /private/\n{sitemaps}";
        var robotsStatus = chance.Next(12) switch { 0 => 500, 1 => 404, 2 => 403, _ => 200 };
        double? rate = !unpaced && chance.Next(3) == 0 ? 0.5 + chance.NextDouble() * 10 : null;
        var refuse = !unpaced && chance.Next(4) == 0 ? TimeSpan.FromSeconds(chance.Next(1, 200)) : TimeSpan.Zero;
        return new SimManners(
            rate, chance.Next(1, 8), chance.Next(4) == 0 ? 503 : 429, chance.Next(2) == 0, TimeSpan.FromSeconds(chance.Next(0, 40)), refuse, robots, robotsStatus,
            chance.Next(3) == 0 ? 0.05 : 0, false, 5 + chance.NextDouble() * 200, chance.Next(2) == 0,
            chance.Next(3) switch { 0 => SimCache.Keeps, 1 => SimCache.Never, _ => SimCache.None });
    }
}
