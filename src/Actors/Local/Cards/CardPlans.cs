using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Cards;

/// <summary>Things to look at, one after the other.</summary>
/// <param name="Job">Whose pages they are: how many of them are left is stored afterwards. Null for no job's.</param>
internal sealed record CardSlice(IReadOnlyList<CardSubject> Subjects, CardWish Wish, JobId? Job = null);

/// <summary>
/// What a round looks at, slice by slice; each slice is read when the one before is done, and is whole before anything of it is written
/// (D-5). A page that fails is not looked at twice in a round.
/// </summary>
internal sealed class CardPlans(CardSupplies supplies, IScheduler scheduler)
{
    // A job with more is come back to by the next round; most viewed first holds among these.
    private const int MostPages = 100_000;
    private const int MostJobs = 100;
    private const int MostNamed = 500;

    /// <summary>Where the last redrawing stopped; null at the end of all.</summary>
    private CardSubject? _night;

    public IEnumerable<CardSlice> Slices(CardRound round) => round switch
    {
        CardRound.JobEnd end => OfEnd(end.Job),
        CardRound.New { All: false } => supplies.Cards.ReadLeft(MostJobs).Select(left => Pages(left.Job)),
        CardRound.New => OfAllJobs(),
        CardRound.Changed => OfNamed(),
        _ => throw new InvalidOperationException($"No plan for {round.GetType().Name}."),
    };

    private IEnumerable<CardSlice> OfEnd(JobId job)
    {
        if (supplies.Pages.ReadJob(job) is not { } view) yield break;
        yield return new CardSlice(Covers(view), CardWish.WhenChanged);
        yield return Pages(job);
    }

    private IEnumerable<CardSlice> OfAllJobs()
    {
        JobId? before = null;
        while (supplies.Pages.ReadJobs(MostJobs, before, null) is { Count: > 0 } jobs)
        {
            foreach (var job in jobs.Where(job => job.State >= JobState.Completed))
            {
                yield return new CardSlice(Covers(job), CardWish.OnlyNew);
                yield return Pages(job.Job.Id);
            }
            before = jobs[^1].Job.Id;
        }
    }

    private IEnumerable<CardSlice> OfNamed()
    {
        while (supplies.Cards.ReadNamed(_night, MostNamed) is { Count: > 0 } named)
        {
            yield return new CardSlice([.. named.Select(one => one.Subject)], CardWish.WhenChanged);
            _night = named[^1].Subject;
        }
        _night = null;
    }

    private IReadOnlyList<CardSubject> Covers(JobView job) =>
        supplies.Cards.FindSite(job.Job.Start.Domain) is { } site ? [CardSubject.Of(job.Job.Id), site] : [CardSubject.Of(job.Job.Id)];

    private CardSlice Pages(JobId job)
    {
        var subjects = supplies.Cards.ReadUncarded(job, scheduler.Now, MostPages).Select(CardSubject.Of).ToList();
        return new CardSlice(CardOrder.MostViewedFirst(subjects, supplies.Views.ViewsOf(subjects)), CardWish.OnlyNew, job);
    }
}
