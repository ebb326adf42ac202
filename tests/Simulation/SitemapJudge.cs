using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// What must be true of sitemaps after a life: every file that the site offers is read or told with its problem, every URL of a file that
/// was read is judged, and what robots.txt disallows or a job cannot use was not asked for.
/// </summary>
internal static class SitemapJudge
{
    public static IEnumerable<string> Judge(SimulatedLife life, JobView job, IReadOnlySet<string> judged)
    {
        var limits = job.Job.Asked.Limits;
        var start = life.Plan.Sites[job.Job.Start.Host];
        var sitemaps = life.Store.Reads.ReadSitemaps(job.Job.Id);
        if (limits is { MaxDepth: 0 } or { MaxPages: 1 })
        {
            if (sitemaps.Count > 0) yield return $"job {job.Job.Id} has sitemaps that it cannot use";
            yield break;
        }
        if (job.State != JobState.Completed || start.Manners.Unreachable || start.Manners.RobotsStatus == 500) yield break;

        var known = sitemaps.ToDictionary(sitemap => sitemap.Url.Text);
        var scope = ScopeRule.Of(job.Job);
        var read = 0;
        foreach (var url in Offered(start))
        {
            if (!known.TryGetValue(url.Text, out var view))
            {
                // A job that is full asks for no more of them.
                if (limits.MaxPages is null) yield return $"job {job.Job.Id} never heard of the sitemap {url}";
                continue;
            }
            if (view.IsOpen) yield return $"job {job.Job.Id} ended with the sitemap {url} open";
            if (view is { Status: 200, Content.Problem: null }) read++;
            else if (start.Manners.CutShare == 0 && limits.MaxPages is null) yield return $"job {job.Job.Id} did not read the sitemap {url}: {view}";
            else continue;
            if (limits.MaxPages is not null) continue;
            foreach (var page in start.Pages[url.PathAndQuery].Links.Select(PageUrl.FromStored).Where(page => page.PathAndQuery.StartsWith("/orphan/", StringComparison.Ordinal)))
            {
                if (scope.Judge(page, SitemapRule.PageDepth).Taken && !judged.Contains(page.Text)) yield return $"job {job.Job.Id} never judged {page}, which {url} lists";
            }
        }
        life.SitemapsRead += read;
    }

    /// <summary>The files that can be read, as the site's owner sees them.</summary>
    private static IEnumerable<PageUrl> Offered(SimSite site)
    {
        // Only a robots.txt that was answered names any; where it names none, there is the usual place.
        var named = site.Manners.RobotsStatus == 200
            ? site.Manners.RobotsText.Split('\n').Where(line => line.StartsWith("Sitemap: ", StringComparison.Ordinal)).Select(line => line["Sitemap: ".Length..]).ToList()
            : [];
        var open = new Queue<string>((named.Count > 0 ? named : ["/sitemap.xml"]).Select(name => name.Replace("http://" + site.Host, "", StringComparison.Ordinal)));
        var seen = new HashSet<string>();
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path) || !site.Pages.TryGetValue(path, out var page)) continue;
            if (page.Location is { } to) open.Enqueue(to);
            if (page is not { Status: 200, Sitemap: not null, Links.Count: > 0 }) continue;
            yield return PageUrl.FromStored($"http://{site.Host}{path}");
            foreach (var listed in page.Links.Where(link => link.StartsWith($"http://{site.Host}/maps/", StringComparison.Ordinal))) open.Enqueue(listed[$"http://{site.Host}".Length..]);
        }
    }
}
