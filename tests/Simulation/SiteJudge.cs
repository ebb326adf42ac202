using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>What every site must have seen, whatever happened to the process: the pace never broken, across crashes too.</summary>
internal static class SiteJudge
{
    /// <summary>A request that had begun when an answer came may still leave, as long as its connection takes.</summary>
    private static readonly TimeSpan _connecting = TimeSpan.FromMilliseconds(125);

    private static readonly TimeSpan _rounding = TimeSpan.FromMilliseconds(2);

    public static bool IsGood(int status) => status is >= 200 and < 400 or 404 or 410;

    public static IEnumerable<string> Judge(SimulatedLife life, SimSite site)
    {
        if (site.Manners.RobotsStatus == 200 && site.Arrivals.Any(a => a.Path.StartsWith("/private/", StringComparison.Ordinal))) yield return $"{site.Host} was asked for what its robots.txt disallows";
        foreach (var fault in Repeats(life, site).Concat(AfterTheEnd(life, site)).Concat(Retries(life, site))) yield return fault;
        if (life.Plan.Unpaced) yield break;
        foreach (var fault in Gaps(life, site).Concat(InFlight(life, site)).Concat(RetryAfters(life, site)).Concat(Restarts(life, site))) yield return fault;
    }

    // S-4: nothing is fetched again, except once per death at which it was in hand, by each job that had it there.
    private static IEnumerable<string> Repeats(SimulatedLife life, SimSite site)
    {
        var jobs = life.Plan.Jobs.Count;
        // P-14+: after two refusals or more, one page that was good is asked again.
        var (checks, refusals) = (site.Arrivals.Count(a => a.IsCheck && a.Status is >= 200 and < 300), site.Arrivals.Count(a => a.Status == 403));
        if (checks * 2 > refusals) yield return $"{site.Host} was asked {checks} times whom it refuses, after {refusals} refusals";
        var extra = 0;
        foreach (var path in site.Arrivals.Where(a => a.Path != "/robots.txt" && IsGood(a.Status) && !a.Second && !a.IsCheck).GroupBy(a => a.Path))
        {
            // A retry asks again for what ended badly, for what was in hand when its job was cancelled, and for a sitemap that was answered well
            // and cannot be read.
            var isUnreadable = site.Pages.GetValueOrDefault(path.Key) is { Sitemap: not null, Links.Count: 0 };
            var allowed = jobs + (life.Retried && (life.Plan.Cancel is not null || isUnreadable || path.Any(a => a.Status >= 400)) ? 1 : 0);
            if (path.Count() > allowed + life.Deaths * jobs) yield return $"{site.Host}{path.Key} was fetched well {path.Count()} times";
            extra += Math.Max(0, path.Count() - allowed);
        }
        var warm = life.Plan.Jobs.Count(j => j.Job.Warm);
        foreach (var path in site.Arrivals.Where(a => a.Second && IsGood(a.Status)).GroupBy(a => a.Path))
        {
            if (path.Count() > warm * (1 + life.Deaths)) yield return $"{site.Host}{path.Key} was visited well a second time {path.Count()} times";
            extra += Math.Max(0, path.Count() - warm);
        }
        if (extra > life.Deaths * 2 * life.Plan.Concurrency * jobs) yield return $"{site.Host}: {extra} repeated fetches, more than were in hand at the deaths";
    }

    private static IEnumerable<string> AfterTheEnd(SimulatedLife life, SimSite site)
    {
        if (life.Retried || life.Record.EndedAt.Count < life.Plan.Jobs.Count) yield break;
        var end = life.Record.EndedAt.Values.Max() + TimeSpan.FromMilliseconds(300);
        if (site.Arrivals.LastOrDefault() is { } last && last.At > end) yield return $"{site.Host} was asked for {last.Path} at {last.At - LifePlan.Begin}, after all jobs had ended";
    }

    // P-7: a transient error is asked again after a second at the earliest.
    private static IEnumerable<string> Retries(SimulatedLife life, SimSite site)
    {
        if (life.Plan.Jobs.Count > 1 || life.Retried) yield break;
        foreach (var path in site.Arrivals.GroupBy(a => a.Path))
        {
            foreach (var (failed, again) in path.Zip(path.Skip(1)))
            {
                if (failed.Status is 500 or 0 && failed.Incarnation == again.Incarnation && again.At < failed.AnsweredAt + TimeSpan.FromSeconds(1) - _rounding)
                    yield return $"{site.Host}{path.Key} failed and was asked again {again.At - failed.AnsweredAt} later";
            }
        }
    }

    private static IEnumerable<string> Gaps(SimulatedLife life, SimSite site)
    {
        var crawlDelay = site.Manners.RobotsStatus == 200 ? RobotsRules.Parse(site.Manners.RobotsText, RobotsRules.ProductToken).CrawlDelay : null;
        var robotsKnownAt = site.Arrivals.FirstOrDefault(a => a.Path == "/robots.txt" && a.Status == 200 && !IsLost(life, a))?.AnsweredAt;
        var answers = new PriorityQueue<Arrival, DateTimeOffset>();
        var good = 0;
        for (var i = 1; i < site.Arrivals.Count; i++)
        {
            var (before, now) = (site.Arrivals[i - 1], site.Arrivals[i]);
            answers.Enqueue(before, before.AnsweredAt);
            while (answers.TryPeek(out _, out var at) && at <= now.At)
            {
                if (IsGood(answers.Dequeue().Status)) good++;
            }
            var least = good < 5 ? TimeSpan.FromSeconds(2) : TimeSpan.FromMilliseconds(50);
            if (crawlDelay > least && robotsKnownAt < now.At) least = crawlDelay.Value;
            if (InForce(life, site, now) is { } delay && delay > least) least = delay;
            if (now.At - before.At < least - _rounding) yield return $"{site.Host} was asked {(now.At - before.At).TotalMilliseconds:F1} ms after the request before ({before.Path}, {now.Path} at {now.At - LifePlan.Begin}), allowed {least.TotalMilliseconds:F1} ms";
        }
    }

    // P-3, P-9+: as many in flight as the delay is worth, always bounded.
    private static IEnumerable<string> InFlight(SimulatedLife life, SimSite site)
    {
        var open = new List<Arrival>();
        foreach (var arrival in site.Arrivals)
        {
            open.RemoveAll(a => a.AnsweredAt <= arrival.At);
            open.Add(arrival);
            if (InForce(life, site, arrival) is not { } delay) continue;
            var inFlight = open.Count(a => a.Incarnation == arrival.Incarnation);
            var slots = PaceRule.Slots(delay, PaceSettings.Default);
            if (inFlight > slots) yield return $"{site.Host} had {inFlight} in flight at {arrival.At - LifePlan.Begin}, allowed {slots}";
        }
    }

    // The shortest delay that the domain can have had when it began this request; null where its last commands died with it, or where it
    // could not be stored for long.
    private static TimeSpan? InForce(SimulatedLife life, SimSite site, Arrival arrival) =>
        life.Incarnations[arrival.Incarnation].Died - arrival.At < TimeSpan.FromSeconds(25)
            ? null
            : life.Record.ShortestDelay(DomainName.Of(site.Host, 80), arrival.Incarnation, arrival.At - _connecting - _rounding, arrival.At);

    private static IEnumerable<string> RetryAfters(SimulatedLife life, SimSite site)
    {
        foreach (var refusal in site.Arrivals.Where(a => a.RetryAfter is not null && !IsLost(life, a)))
        {
            var early = site.Arrivals.FirstOrDefault(a => a.At > refusal.AnsweredAt + _connecting && a.At < refusal.AnsweredAt + refusal.RetryAfter - _rounding);
            if (early is not null) yield return $"{site.Host} was asked at {early.At - LifePlan.Begin}, though at {refusal.AnsweredAt - LifePlan.Begin} it had asked to be left alone for {refusal.RetryAfter}";
        }
    }

    // P-16+: no earlier than it would have been without the crash.
    private static IEnumerable<string> Restarts(SimulatedLife life, SimSite site)
    {
        for (var n = 1; n < life.Incarnations.Count; n++)
        {
            var stored = life.Incarnations[n - 1].StoredAtDeath[site.Host];
            if (site.Arrivals.LastOrDefault(a => a.Incarnation < n) is not { } last || site.Arrivals.FirstOrDefault(a => a.Incarnation >= n) is not { } first) continue;
            if (stored.Delay is not { } delay)
            {
                yield return $"{site.Host} was asked before the store knew that it would be";
                continue;
            }
            var earliest = last.At + delay;
            if (stored.BlockedUntil > earliest) earliest = stored.BlockedUntil.Value;
            if (first.At < earliest - _rounding) yield return $"{site.Host} was asked {first.At - last.At} after the last request before a crash, with a stored delay of {delay}, blocked until {stored.BlockedUntil - LifePlan.Begin}";
        }
    }

    // The process died before it could make durable what the answer said.
    private static bool IsLost(SimulatedLife life, Arrival arrival) =>
        life.Incarnations[arrival.Incarnation].Died is { } died && died < arrival.AnsweredAt + TimeSpan.FromSeconds(25);
}
