using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// What must be true of second visits and of pages that had not changed: a page that a cache had not got was visited again, no other was,
/// and a cache that keeps pages had it then; a 304 tells all that the page told before.
/// </summary>
internal static class CacheJudge
{
    public static IEnumerable<string> Judge(SimulatedLife life, JobView job)
    {
        foreach (var visit in life.Store.Reads.ReadVisits(job.Job.Id, StatusClass.Ok, 10_000, null))
        {
            var site = life.Plan.Sites[visit.Url.Host];
            var page = site.Pages[visit.Url.PathAndQuery];
            var missed = job.Job.Asked.Warm && visit.Cache == CacheStatus.Miss;
            if (visit.Warm is not null && !missed) yield return $"job {job.Job.Id} visited {visit.Url} a second time";
            // After a day robots.txt is read again, and may not be readable then; and a retry opens what ended badly, not what was good already.
            var mustBe = job.State == JobState.Completed && life.Plan.Theme != LifeTheme.Away && !life.Retried;
            if (visit.Warm is null && missed && mustBe) yield return $"job {job.Job.Id} did not visit {visit.Url} a second time";
            if (visit.Warm is { Status: 200 } warm && warm.Cache != (site.Manners.Cache == SimCache.Keeps ? CacheStatus.Hit : CacheStatus.Miss))
                yield return $"job {job.Job.Id} saw {warm.Cache} at the second visit of {visit.Url}";
            if (visit.NotModified != (visit.Status == 304)) yield return $"job {job.Job.Id} says of {visit.Url}, answered {visit.Status}: not modified {visit.NotModified}";
            var links = page.Links.Select(link => PageUrl.Resolve(new Uri(visit.Url.Text), link)).OfType<PageUrl>().Distinct().Count();
            if (visit.Outlinks != links || visit.Words != SimWeb.Facts.Words) yield return $"job {job.Job.Id} knows {visit.Outlinks} of {links} links and {visit.Words} words of {visit.Url}, answered {visit.Status}";
        }
        life.SecondVisits += job.Counts.Warmed;
        life.NotModified += job.Counts.NotModified;
    }
}
