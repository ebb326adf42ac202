using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// What must be true after every life, seen from the store: every URL in exactly one terminal state and nothing that a good page links to
/// forgotten, counters equal to the tables, every job ended and rightly so, bounds kept. The sites' view is <see cref="SiteJudge"/>'s.
/// </summary>
internal static class LifeJudge
{
    public static IReadOnlyList<string> Judge(SimulatedLife life)
    {
        var found = new List<string>();
        found.AddRange(life.Crashes.Select(c => "a behaviour threw: " + c));
        if (!life.Ended) found.Add($"not all jobs ended and all domains slept after {life.Lived} and {life.Steps} steps: {string.Join("; ", life.Jobs.Select(j => $"job {j.Job.Id} {j.State}, {j.Pending} pending"))}, awake {life.Health.DomainsAwake}");
        found.AddRange(life.Store.CheckConsistency());
        found.AddRange(life.Record.Broken);
        if (life.Health.Rejected > 0) found.Add($"{life.Health.Rejected} commands were rejected");
        foreach (var job in life.Jobs)
        {
            JudgeCoverage(life, job, found);
            found.AddRange(CacheJudge.Judge(life, job));
            JudgeEnd(life, job, found);
            found.AddRange(ReportJudge.Judge(life, job));
            found.AddRange(PolitenessJudge.Judge(life, job));
        }
        foreach (var site in life.Plan.Sites.Values) found.AddRange(SiteJudge.Judge(life, site));
        return found;
    }

    private static void JudgeCoverage(SimulatedLife life, JobView job, List<string> found)
    {
        var visits = life.Store.Reads.ReadVisits(job.Job.Id, null, 10_000, null).ToDictionary(v => v.Url.Text);
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
        if (limited ? missing.Length > excluded : missing.Any(u => !u.Contains("/private/", StringComparison.Ordinal) && !IsKeptOutByRobots(life, u)))
            found.Add($"job {job.Job.Id} never judged {string.Join(", ", missing.Take(5))}");
    }

    private static bool IsKeptOutByRobots(SimulatedLife life, string url) =>
        PageUrl.TryParse(url, out var parsed, out _) && life.Plan.Sites[parsed.Host].Manners.RobotsStatus == 500;

    // A job may give up only after 30 minutes without a good answer, and then it must (P-13+); one that was told to stay away for more
    // than a day must have parked (P-12+). It may end at once where a site turned it away (P-14+).
    private static void JudgeEnd(SimulatedLife life, JobView job, List<string> found)
    {
        if (job is { State: JobState.Blocked, Reason: { } reason } && reason.StartsWith("The site turns us away", StringComparison.Ordinal))
        {
            if (!life.Plan.Sites.Values.Any(s => WasTurnedAway(s, job))) found.Add($"job {job.Job.Id} says that it was turned away, and was not: {reason}");
            return;
        }
        if (job.State == JobState.Blocked && life.Plan.Theme == LifeTheme.Away) found.Add($"job {job.Job.Id} gave up at {job.EndedAt - LifePlan.Begin} although the site had only asked it to come back later");
        if (job.State == JobState.Blocked && life.Plan.Sites.Values.All(s => LastGood(s, LifePlan.Begin) + TimeSpan.FromMinutes(29.9) > job.EndedAt))
            found.Add($"job {job.Job.Id} gave up at {job.EndedAt - LifePlan.Begin}, before 30 minutes without a good answer were over");
        if (life.Plan.Theme == LifeTheme.Barren && life.Plan.Sites.Values.Max(s => LastGood(s, job.CreatedAt)) + TimeSpan.FromMinutes(33) < job.EndedAt && !life.Retried)
            found.Add($"job {job.Job.Id} gave up at {job.EndedAt - LifePlan.Begin}, later than 30 minutes after the last good answer");
        var wasToldToStayAway = life.Plan.Sites.Values.Any(s => s.Arrivals.Any(a => a.RetryAfter > TimeSpan.FromDays(1)));
        if (life.Plan.Jobs.Count == 1 && wasToldToStayAway && life.Plan.Cancel is null && !life.Record.SeenParked.Contains(job.Job.Id) && job.State == JobState.Completed)
            found.Add($"job {job.Job.Id} was told to stay away for more than a day and did not park");
    }

    // Two refusals at least since a page was last answered well; what was asked again may have led to one of them.
    private static bool WasTurnedAway(SimSite site, JobView job) =>
        site.Arrivals.Where(a => a.AnsweredAt <= job.EndedAt && site.Pages.GetValueOrDefault(a.Path) is { Sitemap: null } && (a.Status == 403 || SiteJudge.IsGood(a.Status) && a.Status < 300))
            .Reverse().TakeWhile(a => a.Status == 403).Count() >= 2;

    private static DateTimeOffset LastGood(SimSite site, DateTimeOffset least) =>
        site.Arrivals.Where(a => SiteJudge.IsGood(a.Status)).Select(a => a.AnsweredAt).Append(least).Max();
}
