using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Cards;

/// <summary>Reads what is to be printed on a card. Each thing is a handful of short reads, and none of them is open when they are over.</summary>
internal sealed class CardContents(CardSupplies supplies)
{
    // A site's newest crawl may be under way; further back nobody looks.
    private const int MostJobs = 20;

    /// <summary>Null when there is nothing to draw: it is gone, or no crawl of it has ended.</summary>
    /// <param name="ending">The job that is just ending: the store does not say so yet.</param>
    public CardContent? Read(CardSubject subject, EndingJob? ending, DateTimeOffset now) => subject.Kind switch
    {
        CardKind.Page => Page(new PageId(subject.Id), subject),
        CardKind.Job => Ended(new JobId(subject.Id), ending, now) is { } ended ? CardWords.OfJob(ended, Slowest(ended), Views(subject)) : null,
        CardKind.Site => Site(subject, ending, now),
        _ => null,
    };

    private PageCard? Page(PageId page, CardSubject subject) =>
        supplies.Lists.ReadPage(page) is { } view && supplies.Lists.ReadVisitsOf(page, 1) is [var (_, visit), ..] ? CardWords.Of(view.Url, visit, Views(subject)) : null;

    private SiteCard? Site(CardSubject subject, EndingJob? ending, DateTimeOffset now)
    {
        if (supplies.Cards.ReadSite(subject) is not { } site) return null;
        foreach (var job in supplies.Pages.ReadJobs(MostJobs, null, site.Value))
        {
            if (Ended(job, ending, now) is { } ended) return CardWords.OfSite(site, ended, Slowest(ended), Views(subject));
        }
        return null;
    }

    private EndedJob? Ended(JobId job, EndingJob? ending, DateTimeOffset now) => supplies.Pages.ReadJob(job) is { } view ? Ended(view, ending, now) : null;

    private static EndedJob? Ended(JobView job, EndingJob? ending, DateTimeOffset now) =>
        ending is { } end && end.Job == job.Job.Id ? new EndedJob(job, end.Outcome, now)
        : job is { State: >= JobState.Completed, EndedAt: { } at } ? new EndedJob(job, job.State, at)
        : null;

    private int? Slowest(EndedJob ended) => supplies.Reports.ReadSlow(ended.Job.Job.Id, 1, null) is [var slowest, ..] ? slowest.Milliseconds : null;

    private long Views(CardSubject subject) => supplies.Views.ViewsOf([subject])[0];
}

/// <param name="Outcome">How it will end.</param>
internal readonly record struct EndingJob(JobId Job, JobState Outcome);
