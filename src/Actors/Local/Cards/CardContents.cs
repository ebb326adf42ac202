using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;
using PageContent = Amble.Behaviours.Cards.PageContent;

namespace Amble.Local.Cards;

/// <summary>Reads what is to be printed on a card. Each thing is a handful of short reads, and none of them is open when they are over.</summary>
internal sealed class CardContents(CardSupplies supplies)
{
    // A site's newest crawl may be under way; further back nobody looks.
    private const int MostJobs = 20;

    /// <summary>Null when there is nothing to draw: it is gone, or no crawl of it has ended.</summary>
    /// <param name="ending">The job that is just ending: the store does not say so yet.</param>
    public CardContent? Read(CardSubject subject, JobId? ending, DateTimeOffset now) => subject.Kind switch
    {
        CardKind.Page => Page(new PageId(subject.Id), subject),
        CardKind.Job => Ended(new JobId(subject.Id), ending, now) is { } ended
            ? new JobContent(ended.Job.Job.Start.Domain.Value, Counts(ended), Slowest(ended), Day(ended)) : null,
        CardKind.Site => Site(subject, ending, now),
        _ => null,
    };

    private PageContent? Page(PageId page, CardSubject subject) =>
        supplies.Lists.ReadPage(page) is { } view && supplies.Lists.ReadVisitsOf(page, 1) is [var (_, visit), ..]
            ? new PageContent(view.Url.Domain.Value, view.Url.PathAndQuery, visit.Title, Views(subject)) : null;

    private SiteContent? Site(CardSubject subject, JobId? ending, DateTimeOffset now)
    {
        if (supplies.Cards.ReadSite(subject) is not { } site) return null;
        foreach (var job in supplies.Pages.ReadJobs(MostJobs, null, site.Value))
        {
            if (Ended(job, ending, now) is { } ended) return new SiteContent(site.Value, Counts(ended), Slowest(ended), Day(ended), Views(subject));
        }
        return null;
    }

    private EndedJob? Ended(JobId job, JobId? ending, DateTimeOffset now) => supplies.Pages.ReadJob(job) is { } view ? Ended(view, ending, now) : null;

    private static EndedJob? Ended(JobView job, JobId? ending, DateTimeOffset now) =>
        ending == job.Job.Id ? new EndedJob(job, now) : job is { State: >= JobState.Completed, EndedAt: { } at } ? new EndedJob(job, at) : null;

    private TimeSpan? Slowest(EndedJob ended) =>
        supplies.Reports.ReadSlow(ended.Job.Job.Id, 1, null) is [var slowest, ..] ? TimeSpan.FromMilliseconds(slowest.Milliseconds) : null;

    private static PageCounts Counts(EndedJob ended)
    {
        var counts = ended.Job.Counts;
        return new PageCounts(counts.Ok, counts.Redirected, counts.Refused, counts.Broken, counts.Unknown);
    }

    private static DateOnly Day(EndedJob ended) => DateOnly.FromDateTime(ended.At.UtcDateTime);

    // What nobody has looked at prints no number.
    private long? Views(CardSubject subject) => supplies.Views.ViewsOf([subject])[0] is > 0 and var views ? views : null;

    private readonly record struct EndedJob(JobView Job, DateTimeOffset At);
}
