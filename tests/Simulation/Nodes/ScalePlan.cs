using Amble.Messages;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>
/// A life of three nodes at the size of the largest fleet: sites of ten hosts with ten pages each, a job for each site. A third of the hosts asks
/// for a Crawl-delay, some throttle, some refuse for a while; nodes die, freeze, are cut off and hand over, and the writer is followed by another.
/// </summary>
internal static class ScalePlan
{
    public const int HostsOfSite = 10;
    public const int PagesOfHost = 10;

    private static readonly string[] _pages = [.. Enumerable.Range(1, PagesOfHost - 1).Select(page => $"/p/{page}")];

    public static NodesPlan Of(int seed, int domains)
    {
        var chance = new Random(seed ^ 0x5CA1E);
        // What many sites have in common is there once: a hundred thousand of them are to fit in memory.
        var pages = Pages([], flaky: false);
        var flaky = Pages([], flaky: true);
        var sites = new Dictionary<string, SimSite>();
        var jobs = new List<NewJob>();
        for (var site = 0; site < domains / HostsOfSite; site++)
        {
            string[] hosts = [.. Enumerable.Range(0, HostsOfSite).Select(host => $"h{host}.s{site}.test")];
            var first = Pages([.. hosts.Skip(1).Select(host => $"http://{host}/")], flaky: false);
            foreach (var host in hosts) sites[host] = new SimSite(host, Manners(chance), host == hosts[0] ? first : chance.Next(20) == 0 ? flaky : pages);
            jobs.Add(new NewJob(PageUrl.FromStored($"http://{hosts[0]}/"), JobLimits.None, 20, Unpaced: false, Warm: false));
        }
        var ahead = Enumerable.Range(0, 3).Select(_ => TimeSpan.FromMilliseconds(chance.Next(-1_500, 1_500))).ToArray();
        // All jobs are there when the first node dies; the last troubles find most domains still under way.
        var begins = TimeSpan.FromSeconds(40);
        Befalls[] troubles =
        [
            .. Enumerable.Range(0, 20).Select(_ => new Befalls(
                LifePlan.Begin + begins * 1.5 + TimeSpan.FromSeconds(chance.NextDouble() * 240), (Trouble)chance.Next(5), chance.Next(3), TimeSpan.FromSeconds(1 + chance.NextDouble() * 14)))
                .OrderBy(trouble => trouble.At),
        ];
        return new NodesPlan(seed, sites, jobs, ahead, troubles, 0.02)
        {
            HandsOverOneIn = 20,
            CreatesEvery = begins / jobs.Count,
            WakeEvery = TimeSpan.FromSeconds(5),
            MostSteps = long.MaxValue,
        };
    }

    private static Dictionary<string, SimPage> Pages(string[] others, bool flaky)
    {
        var pages = _pages.ToDictionary(page => page, _ => new SimPage(200, [], FlakyTimes: flaky ? 1 : 0));
        pages["/"] = new SimPage(200, [.. _pages, .. others]);
        return pages;
    }

    private static SimManners Manners(Random chance)
    {
        var crawlDelay = chance.Next(9) switch { 0 => 10, 1 => 20, 2 => 40, _ => 0 };
        double? rate = chance.Next(10) == 0 ? 0.5 + chance.NextDouble() : null;
        var refuses = chance.Next(20) == 0 ? TimeSpan.FromSeconds(chance.Next(1, 60)) : TimeSpan.Zero;
        return new SimManners(
            rate, chance.Next(1, 4), chance.Next(4) == 0 ? 503 : 429, chance.Next(2) == 0, TimeSpan.FromSeconds(chance.Next(0, 20)), refuses, $"User-agent: *\nCrawl-delay: {crawlDelay}\n",
            crawlDelay == 0 ? 404 : 200, chance.Next(20) == 0 ? 0.05 : 0, false, 90, false, SimCache.None);
    }
}
