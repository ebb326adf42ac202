using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// What must be true after every life, seen from the store and from the sites: every URL in exactly one terminal state and nothing that a
/// good page links to forgotten, counters equal to the tables, every job ended, and the pace never broken, across crashes too.
/// </summary>
internal static class LifeJudge
{
    /// <summary>A request that had begun when an answer came may still leave, as long as its connection takes.</summary>
    private static readonly TimeSpan _connecting = TimeSpan.FromMilliseconds(125);

    private static readonly TimeSpan _rounding = TimeSpan.FromMilliseconds(2);

    public static IReadOnlyList<string> Judge(SimulatedLife life)
    {
        var found = new List<string>();
        found.AddRange(life.Crashes.Select(c => "a behaviour threw: " + c));
        if (!life.Ended) found.Add($"not all jobs ended and all domains slept after {life.Lived} and {life.Steps} steps: {string.Join("; ", life.Jobs.Select(j => $"job {j.Job.Id} {j.State}, {j.Pending} pending"))}, awake {life.Health.DomainsAwake}");
        found.AddRange(life.Store.CheckConsistency());
        if (life.Health.Rejected > 0) found.Add($"{life.Health.Rejected} commands were rejected");
        foreach (var job in life.Jobs) JudgeCoverage(life, job, found);
        foreach (var site in life.Plan.Sites.Values) JudgeSite(life, site, found);
        return found;
    }

    private static void JudgeCoverage(SimulatedLife life, JobView job, List<string> found)
    {
        var visits = All(life, job).ToDictionary(v => v.Url.Text);
        found.AddRange(SitemapJudge.Judge(life, job, visits.Keys.ToHashSet()));
        if (job.Pending != 0 && life.Ended) found.Add($"job {job.Job.Id} ended with {job.Pending} pending");
        if (job.State != JobState.Completed) return;
        var excluded = life.Store.Reads.ReadExcluded(job.Job.Id).Sum(e => e.Count);
        var scope = ScopeRule.Of(job.Job);
        var wanted = new HashSet<string>();
        var limited = job.Job.Asked.Limits is not { MaxPages: null, MaxDepth: null, Exclude.Count: 0 };
        foreach (var visit in visits.Values)
        {
            if (!life.Plan.Sites.TryGetValue(visit.Url.Host, out var site) || !site.Pages.TryGetValue(visit.Url.PathAndQuery, out var page)) continue;
            var links = visit.Class == StatusClass.Ok ? page.Links : visit.Class == StatusClass.Redirected && page.Location is { } to ? [to] : [];
            foreach (var link in links)
            {
                if (PageUrl.Resolve(new Uri(visit.Url.Text), link) is { } url && scope.Judge(url, 0).Taken) wanted.Add(url.Text);
            }
        }
        var missing = wanted.Where(u => !visits.ContainsKey(u)).ToArray();
        if (limited ? missing.Length > excluded : missing.Any(u => !u.Contains("/private/", StringComparison.Ordinal) && !KeptOutByRobots(life, u)))
            found.Add($"job {job.Job.Id} never judged {string.Join(", ", missing.Take(5))}");
    }

    private static bool KeptOutByRobots(SimulatedLife life, string url) =>
        PageUrl.TryParse(url, out var parsed, out _) && life.Plan.Sites[parsed.Host].Manners.RobotsStatus == 500;

    private static IEnumerable<VisitView> All(SimulatedLife life, JobView job) => life.Store.Reads.ReadVisits(job.Job.Id, null, 10_000, null);

    private static void JudgeSite(SimulatedLife life, SimSite site, List<string> found)
    {
        var arrivals = site.Arrivals;
        if (site.Manners.RobotsStatus == 200 && arrivals.Any(a => a.Path.StartsWith("/private/", StringComparison.Ordinal))) found.Add($"{site.Host} was asked for what its robots.txt disallows");
        JudgeRepeats(life, site, found);
        JudgeInFlight(life, site, found);
        if (life.Plan.Unpaced) return;
        JudgeGaps(life, site, found);
        JudgeRetryAfter(life, site, found);
        JudgeRestarts(life, site, found);
    }

    private static void JudgeRepeats(SimulatedLife life, SimSite site, List<string> found)
    {
        var perJob = life.Plan.Jobs.Count;
        var extra = 0;
        foreach (var path in arrivals(site).GroupBy(a => a.Path))
        {
            if (path.Count() > perJob + life.Plan.Deaths.Count) found.Add($"{site.Host}{path.Key} was fetched well {path.Count()} times");
            extra += Math.Max(0, path.Count() - perJob);
        }
        if (extra > life.Plan.Deaths.Count * 2 * life.Plan.Concurrency * perJob) found.Add($"{site.Host}: {extra} repeated fetches, more than were in hand at the deaths");

        static IEnumerable<Arrival> arrivals(SimSite site) => site.Arrivals.Where(a => a.Path != "/robots.txt" && a.Status is >= 200 and < 400 or 404 or 410);
    }

    private static void JudgeInFlight(SimulatedLife life, SimSite site, List<string> found)
    {
        var most = life.Plan.Concurrency * life.Plan.Jobs.Count;
        foreach (var arrival in site.Arrivals)
        {
            var inFlight = site.Arrivals.Count(a => a.Incarnation == arrival.Incarnation && a.At <= arrival.At && a.AnsweredAt > arrival.At);
            if (inFlight > most) found.Add($"{site.Host} had {inFlight} in flight at {arrival.At:O}, allowed {most}");
        }
    }

    private static void JudgeGaps(SimulatedLife life, SimSite site, List<string> found)
    {
        var crawlDelay = site.Manners.RobotsStatus == 200 ? RobotsRules.Parse(site.Manners.RobotsText, RobotsRules.ProductToken).CrawlDelay : null;
        var robotsKnownAt = site.Arrivals.FirstOrDefault(a => a.Path == "/robots.txt" && a.Status == 200 && !Lost(life, a))?.AnsweredAt;
        var good = 0;
        for (var i = 1; i < site.Arrivals.Count; i++)
        {
            var (before, now) = (site.Arrivals[i - 1], site.Arrivals[i]);
            var gap = now.At - before.At;
            good = site.Arrivals.Take(i).Count(a => a.AnsweredAt <= now.At && a.Status is >= 200 and < 400 or 404 or 410);
            var least = good < 5 ? TimeSpan.FromSeconds(2) : TimeSpan.FromMilliseconds(50);
            if (crawlDelay > least && robotsKnownAt < now.At) least = crawlDelay.Value;
            if (gap < least - _rounding) found.Add($"{site.Host} was asked {gap.TotalMilliseconds:F1} ms after the request before ({before.Path}, {now.Path} at {now.At - LifePlan.Begin}), allowed {least.TotalMilliseconds} ms");
        }
    }

    private static void JudgeRetryAfter(SimulatedLife life, SimSite site, List<string> found)
    {
        foreach (var refusal in site.Arrivals.Where(a => a.RetryAfter is not null && !Lost(life, a)))
        {
            var early = site.Arrivals.FirstOrDefault(a => a.At > refusal.AnsweredAt + _connecting && a.At < refusal.AnsweredAt + refusal.RetryAfter - _rounding);
            if (early is not null) found.Add($"{site.Host} was asked at {early.At - LifePlan.Begin}, though at {refusal.AnsweredAt - LifePlan.Begin} it had asked to be left alone for {refusal.RetryAfter}");
        }
    }

    private static void JudgeRestarts(SimulatedLife life, SimSite site, List<string> found)
    {
        for (var n = 1; n < life.Incarnations.Count; n++)
        {
            var stored = life.Incarnations[n - 1].StoredAtDeath[site.Host];
            if (site.Arrivals.LastOrDefault(a => a.Incarnation < n) is not { } last || site.Arrivals.FirstOrDefault(a => a.Incarnation >= n) is not { } first) continue;
            if (stored.Delay is not { } delay)
            {
                found.Add($"{site.Host} was asked before the store knew that it would be");
                continue;
            }
            var earliest = last.At + delay;
            if (stored.BlockedUntil > earliest) earliest = stored.BlockedUntil.Value;
            if (first.At < earliest - _rounding) found.Add($"{site.Host} was asked {first.At - last.At} after the last request before a crash, with a stored delay of {delay}, blocked until {stored.BlockedUntil - LifePlan.Begin}");
        }
    }

    // The process died before it could make durable what the answer said.
    private static bool Lost(SimulatedLife life, Arrival arrival) =>
        life.Incarnations[arrival.Incarnation].Died is { } died && died < arrival.AnsweredAt + TimeSpan.FromSeconds(15);
}
