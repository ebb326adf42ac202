using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Simulation.Specs.Load;

/// <summary>
/// The load test of the incident (P-8): tasks over domains that throttle. Domain by domain the budget goes from 1 to 20 a second and the
/// burst from 1 to 20; every second one refuses with 503 in the place of 429, every third tells how long by Retry-After.
/// </summary>
internal static class LoadPlan
{
    private const int Concurrency = 20;

    /// <summary>What was there before: 3 retries, no floor, nothing but the concurrency at zero delay.</summary>
    public static readonly CrawlSettings Old = new()
    {
        Pace = PaceSettings.Default with { Settles = false, Floor = TimeSpan.Zero, WarmUp = TimeSpan.Zero },
        Retry = RetrySettings.Default with { ThrottleRetries = 3, ErrorRetries = 3, ChargesEveryRefusal = true },
    };

    /// <param name="tasks">Pages of each domain.</param>
    /// <param name="spans">For how long a domain refuses everything once, in turn; none without any.</param>
    public static LifePlan Of(CrawlSettings settings, int domains, int tasks, IReadOnlyList<TimeSpan> spans)
    {
        var sites = Enumerable.Range(0, domains).Select(number => Site(number, domains, tasks, spans)).ToDictionary(site => site.Host);
        return Of(settings, sites, Concurrency * domains, shares: false);
    }

    /// <summary>Domains that throttle nothing, under one command that has so many requests in flight as a command usually has.</summary>
    /// <param name="hanging">Of the first domain, nothing but the home page ever answers.</param>
    public static LifePlan Calm(int domains, int pages, bool hanging)
    {
        var manners = new SimManners(null, 1, 429, false, TimeSpan.Zero, TimeSpan.Zero, "", 404, 0, false, 90, false, SimCache.None);
        var sites = Enumerable.Range(0, domains).Select(number => new SimSite($"s{number}.test", manners, Pages(pages, hangs: hanging && number == 0)));
        return Of(CrawlSettings.Default, sites.ToDictionary(site => site.Host), Concurrency, shares: true);
    }

    private static LifePlan Of(CrawlSettings settings, Dictionary<string, SimSite> sites, int concurrency, bool shares)
    {
        (DateTimeOffset, NewJob)[] jobs = [.. sites.Keys.Select(host => (LifePlan.Begin, new NewJob(PageUrl.FromStored($"http://{host}/"), JobLimits.None, Concurrency, Unpaced: false, Warm: false)))];
        return new LifePlan(1, LifeTheme.Usual, sites, jobs, [], [], null, null, 0, false, concurrency, 4096, false, [])
        {
            Crawl = settings,
            SharesConcurrency = shares,
            MostSteps = 10_000_000,
        };
    }

    // The home page links to all others: each is a task of its own.
    private static Dictionary<string, SimPage> Pages(int count, bool hangs = false)
    {
        var pages = Enumerable.Range(1, count - 1).ToDictionary(page => $"/p/{page}", _ => new SimPage(200, [], Hangs: hangs));
        pages["/"] = new SimPage(200, [.. pages.Keys]);
        return pages;
    }

    private static SimSite Site(int number, int domains, int tasks, IReadOnlyList<TimeSpan> spans)
    {
        // Spread over the span, and not both ends at once: a large budget also comes with a small burst.
        var rate = 1 + 19.0 * number / Math.Max(1, domains - 1);
        var burst = 1 + number * 7 % 20;
        var refuses = spans.Count == 0 ? TimeSpan.Zero : spans[number % spans.Count];
        var manners = new SimManners(
            rate, burst, number % 2 == 0 ? 429 : 503, number % 3 == 0, TimeSpan.FromSeconds(20 + number), refuses, "", 404, 0, false, 90, false, SimCache.None);
        return new SimSite($"s{number}.test", manners, Pages(tasks));
    }
}
