using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// What must be true of every report after a life, whatever died while it was written or taken away: it says of each broken page exactly
/// the pages that the sites' scripts let link to it, of each redirect where it leads, and lists every page once.
/// </summary>
internal static class ReportJudge
{
    private const int All = 100_000;

    public static IEnumerable<string> Judge(SimulatedLife life, JobView job)
    {
        if (job.State < JobState.Completed) yield break;
        var reports = life.Store.Reads;
        var visits = life.Store.Reads.ReadVisits(job.Job.Id, null, All, null);
        var broken = reports.ReadBroken(job.Job.Id, All, null);
        if (!broken.Select(page => page.Url.Text).Order().SequenceEqual(Of(visits, StatusClass.Broken))) yield return $"job {job.Job.Id} does not report what is broken, but {string.Join(", ", broken.Select(page => page.Url))}";
        if (!broken.Select(page => page.SourceCount).SequenceEqual(broken.Select(page => page.SourceCount).OrderDescending())) yield return $"job {job.Job.Id} does not report the most linked first";
        var ways = Ways(visits);
        foreach (var page in broken)
        {
            var expected = Sources(life, visits, page.Url, ways);
            var listed = reports.ReadSources(job.Job.Id, page.Page, All, null).Select(source => source.Page.Text).ToList();
            // Nobody links to it any more, or a sitemap alone named it: the report tells where it was found first, which the scripts do not.
            if (expected.Count == 0 && listed.Count <= 1 && page.SourceCount == listed.Count) continue;
            if (page.SourceCount != expected.Count || !listed.Order().SequenceEqual(expected.Order()))
                yield return $"job {job.Job.Id} reports {page.SourceCount} sources of {page.Url}, {string.Join(", ", listed)}; there are {string.Join(", ", expected)}";
        }

        var redirects = reports.ReadRedirects(job.Job.Id, All, null);
        if (!redirects.Select(page => page.Url.Text).Order().SequenceEqual(Of(visits, StatusClass.Redirected))) yield return $"job {job.Job.Id} does not report its redirects";
        foreach (var page in redirects)
        {
            if (page.Chain.Count == 0 || page.Chain[0].Url != visits.Single(visit => visit.Page == page.Page).RedirectTo) yield return $"job {job.Job.Id} reports that {page.Url} leads to {string.Join(", ", page.Chain)}";
        }
        var slow = reports.ReadSlow(job.Job.Id, All, null);
        if (!slow.Select(page => page.Milliseconds).SequenceEqual(visits.Where(visit => visit.Class == StatusClass.Ok).Select(visit => visit.Milliseconds).OrderDescending().Take(500)))
            yield return $"job {job.Job.Id} does not report its slowest pages";
    }

    private static IEnumerable<string> Of(IEnumerable<VisitView> visits, StatusClass @class) => visits.Where(visit => visit.Class == @class).Select(visit => visit.Url.Text).Order();

    /// <summary>Where each redirect leads in the end.</summary>
    private static Dictionary<string, string> Ways(IEnumerable<VisitView> visits)
    {
        var steps = visits.Where(visit => visit.RedirectTo is not null).ToDictionary(visit => visit.Url.Text, visit => visit.RedirectTo!.Text);
        var ways = new Dictionary<string, string>();
        foreach (var from in steps.Keys)
        {
            var at = from;
            for (var i = 0; i < steps.Count && steps.TryGetValue(at, out var next); i++) at = next;
            ways[from] = at;
        }
        return ways;
    }

    private static HashSet<string> Sources(SimulatedLife life, IEnumerable<VisitView> visits, PageUrl target, Dictionary<string, string> ways)
    {
        var sources = new HashSet<string>();
        foreach (var visit in visits.Where(visit => visit.Class == StatusClass.Ok))
        {
            if (!life.Plan.Sites.TryGetValue(visit.Url.Host, out var site) || !site.Pages.TryGetValue(visit.Url.PathAndQuery, out var page)) continue;
            var links = page.Links.Select(link => PageUrl.Resolve(new Uri(visit.Url.Text), link)?.Text).OfType<string>();
            if (links.Any(link => ways.GetValueOrDefault(link, link) == target.Text)) sources.Add(visit.Url.Text);
        }
        return sources;
    }
}
