using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// What a job's report says of its politeness is what the sites saw: as many requests, as many refused, the same least gap, as many in
/// flight. What was in hand when the process died, or the job was cancelled or turned away, the sites alone know.
/// </summary>
internal static class PolitenessJudge
{
    private static readonly TimeSpan _rounding = TimeSpan.FromMilliseconds(2);

    public static IEnumerable<string> Judge(SimulatedLife life, JobView job)
    {
        if (job.State < JobState.Completed || life.Plan.Jobs.Count > 1) yield break;
        var read = life.Store.Reads.ReadPoliteness(job.Job.Id, CancellationToken.None);
        // A job that is told to end makes its report at once; what was under way counts for the job when it comes.
        var isWhole = life.Plan.Cancel is null && job.State != JobState.Blocked;
        var isExact = isWhole && life.Deaths == 0;
        if (read.Told > job.Counts.Requests || isWhole && read.Told != job.Counts.Requests)
            yield return $"job {job.Job.Id} sent {job.Counts.Requests} requests and accounts for {read.Told}";
        if (isWhole && read.Domains.Count > 0 && read.Origin != PolitenessOrigin.Report) yield return $"job {job.Job.Id} has ended and its politeness is from {read.Origin}";
        foreach (var site in life.Plan.Sites.Values.Where(site => !site.Manners.Unreachable))
        {
            var told = read.Domains.SingleOrDefault(of => of.Domain == DomainName.Of(site.Host, 80));
            foreach (var fault in Compare(site, told, isExact)) yield return $"job {job.Job.Id} on {site.Host}: {fault}";
        }
    }

    private static IEnumerable<string> Compare(SimSite site, DomainPoliteness? told, bool isExact)
    {
        var (seen, refused) = (site.Arrivals.Count, site.Arrivals.Count(arrival => arrival.Status is 429 or 503));
        if ((told?.Requests ?? 0) > seen || isExact && (told?.Requests ?? 0) != seen) yield return $"{told?.Requests} requests are told and {seen} were seen";
        if ((told?.Refused ?? 0) > refused || isExact && (told?.Refused ?? 0) != refused) yield return $"{told?.Refused} refusals are told and {refused} were made";
        if (told is null || !isExact) yield break;
        var gaps = site.Arrivals.Zip(site.Arrivals.Skip(1), (one, next) => next.At - one.At).ToList();
        if (gaps.Count > 0 && (gaps.Min() - told.LeastGap!.Value).Duration() > _rounding) yield return $"a least gap of {told.LeastGap} is told and {gaps.Min()} was seen";
        var (least, most) = (InFlight(site, -_rounding), InFlight(site, _rounding));
        if (told.MostInFlight < least || told.MostInFlight > most) yield return $"{told.MostInFlight} in flight are told and {least} to {most} were";
    }

    private static int InFlight(SimSite site, TimeSpan longer) =>
        site.Arrivals.Max(arrival => site.Arrivals.Count(other => other.At <= arrival.At && (other == arrival || other.AnsweredAt + longer > arrival.At)));
}
