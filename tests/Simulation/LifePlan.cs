using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>A random life, drawn from its seed: sites with their manners, jobs with their limits, and when the process dies.</summary>
internal sealed record LifePlan(
    int Seed, IReadOnlyDictionary<string, SimSite> Sites, IReadOnlyList<(DateTimeOffset At, NewJob Job)> Jobs, IReadOnlyList<DateTimeOffset> Deaths,
    (DateTimeOffset At, int Job)? Cancel, double StoreFaults, bool Unpaced, int Concurrency)
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static LifePlan Draw(int seed)
    {
        var chance = new Random(seed);
        var unpaced = chance.Next(5) == 0;
        var hosts = chance.Next(3) == 0 ? new[] { "a.test", "www.a.test" } : ["a.test"];
        var sites = hosts.ToDictionary(h => h, h => Site(h, hosts, chance, unpaced));
        var concurrency = chance.Next(1, 12);
        var jobs = new List<(DateTimeOffset, NewJob)> { (Begin, Job(chance, unpaced, concurrency, "http://a.test/")) };
        if (chance.Next(4) == 0) jobs.Add((Begin + TimeSpan.FromSeconds(chance.Next(60)), Job(chance, unpaced, concurrency, "http://a.test/p/1")));
        var deaths = Enumerable.Range(0, chance.Next(5) switch { 0 or 1 => 0, 2 => 1, 3 => 2, _ => 3 })
            .Select(_ => Begin + TimeSpan.FromSeconds(chance.NextDouble() * (unpaced ? 1 : 60))).Order().ToArray();
        (DateTimeOffset, int)? cancel = chance.Next(12) == 0 ? (Begin + TimeSpan.FromSeconds(chance.NextDouble() * 30), 0) : null;
        return new LifePlan(seed, sites, jobs, deaths, cancel, chance.Next(3) == 0 ? 0.1 : 0, unpaced, concurrency);
    }

    private static NewJob Job(Random chance, bool unpaced, int concurrency, string start)
    {
        PageUrl.TryParse(start, out var url, out _);
        var limits = new JobLimits(chance.Next(5) == 0 ? chance.Next(1, 15) : null, chance.Next(6) == 0 ? chance.Next(0, 4) : null, [], chance.Next(6) == 0 ? ["/p/3*"] : []);
        return new NewJob(url!, limits, concurrency, unpaced, false);
    }

    private static SimSite Site(string host, string[] hosts, Random chance, bool unpaced)
    {
        var count = chance.Next(2, 30);
        var pages = new Dictionary<string, SimPage>();
        for (var i = 0; i < count; i++) pages[i == 0 ? "/" : $"/p/{i}"] = Page(i, count, hosts, chance);
        pages["/private/1"] = new SimPage(200, ["/"]);
        var sitemaps = SimSitemaps.Draw(host, count, pages, chance);
        return new SimSite(host, Manners(chance, unpaced, sitemaps), pages);
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
            chance.Next(3) == 0 ? 0.05 : 0, chance.Next(25) == 0, 5 + chance.NextDouble() * 200);
    }
}
