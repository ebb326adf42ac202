using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>
/// What must be true after every life of several nodes: no site asked by two at once or by one that may not, none earlier than its pace, also
/// across a move; every URL in one terminal state, no acknowledged visit missing, the store consistent, no turn of a writer that was followed.
/// </summary>
internal static class NodesJudge
{
    private static readonly TimeSpan _rounding = TimeSpan.FromMilliseconds(2);

    public static IReadOnlyList<string> Judge(NodesLife life)
    {
        var found = new List<string>(life.Trespasses);
        found.AddRange(life.Crashes.Select(c => "a behaviour threw: " + c));
        if (!life.Ended) found.Add($"not all ended after {life.Lived}: {string.Join("; ", life.Jobs.Select(j => $"job {j.Job.Id} {j.State}, {j.Pending} pending"))}");
        found.AddRange(life.Store.CheckConsistency());
        if (life.Writers.Intruded > 0) found.Add($"{life.Writers.Intruded} turns were stored by a writer that had been followed");
        var stored = life.Jobs.SelectMany(j => life.Store.Reads.ReadVisits(j.Job.Id, null, 10_000, null).Select(v => new UnitKey(j.Job.Id, v.Page))).ToList();
        found.AddRange(life.Writers.Acknowledged.Except(stored).Select(v => $"the visit of {v} was acknowledged and is missing"));
        found.AddRange(stored.GroupBy(v => v).Where(v => v.Count() > 1).Select(v => $"{v.Key} ended {v.Count()} times"));
        found.AddRange(life.Jobs.Where(j => j.Pending != 0 && life.Ended).Select(j => $"job {j.Job.Id} ended with {j.Pending} pending"));
        foreach (var site in life.Plan.Sites.Values) found.AddRange(Gaps(site).Concat(Moves(life, site)));
        return found;
    }

    private static IEnumerable<string> Gaps(SimSite site)
    {
        var good = 0;
        var crawlDelay = site.Manners.RobotsStatus == 200 ? RobotsRules.Parse(site.Manners.RobotsText, RobotsRules.ProductToken).CrawlDelay : null;
        Arrival? told = null;
        foreach (var (before, now) in site.Arrivals.Zip(site.Arrivals.Skip(1)))
        {
            // Answers in a row are at most as many as requests: a bound that holds whoever heard them.
            if (SiteJudge.IsGood(before.Status)) good++;
            var least = good < 5 ? TimeSpan.FromSeconds(2) : TimeSpan.FromMilliseconds(50);
            if (before is { Path: "/robots.txt", Status: 200 }) told = before;
            // Whoever asked for it and lives knows what it says.
            if (crawlDelay > least && told?.AnsweredAt < now.At && told.Incarnation == now.Incarnation && before.Incarnation == now.Incarnation) least = crawlDelay.Value;
            if (now.At - before.At < least - _rounding) yield return $"{site.Host} was asked {(now.At - before.At).TotalMilliseconds:F1} ms after the request before ({before.Path}, {now.Path} at {now.At - LifePlan.Begin}), allowed {least.TotalMilliseconds:F1} ms";
        }
    }

    // S-5 and P-16+: the former owner's requests are answered or it was in trouble; the new one begins a whole delay after the last start.
    private static IEnumerable<string> Moves(NodesLife life, SimSite site)
    {
        var domain = DomainName.Of(site.Host, 80);
        foreach (var (before, now) in site.Arrivals.Zip(site.Arrivals.Skip(1)))
        {
            if (before.Incarnation == now.Incarnation) continue;
            var wasInTrouble = life.Troubled.Any(t => t.Incarnation == before.Incarnation && t.At <= now.At);
            if (before.AnsweredAt > now.At && !wasInTrouble) yield return $"{site.Host} was asked for {now.Path} by process {now.Incarnation} at {now.At - LifePlan.Begin}, while process {before.Incarnation} had it asked for {before.Path}";
            var read = life.LastLoad(now.Incarnation, domain, now.At);
            if (read?.Memory.Delay is not { } delay) yield return $"{site.Host} was asked by process {now.Incarnation} before the store knew that it would be";
            else if (now.At < before.At + delay - _rounding) yield return $"{site.Host} was asked {now.At - before.At} after the last request of another node, with a stored delay of {delay}";
        }
    }
}
