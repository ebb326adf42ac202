using System.Globalization;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Cards;

/// <summary>
/// What is printed on a card, from what is known of its thing. A page's card has nothing of the hour on it; a job's and a site's have the
/// crawl's own end. So a card is drawn anew only when there is something new to read on it.
/// </summary>
public static class CardWords
{
    public static PageCard Of(PageUrl url, VisitView visit, long views)
    {
        var address = url.Text[(url.Text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (verdict, tone) = visit.Class switch
        {
            StatusClass.Ok => ("It can be read.", CardTone.Good),
            StatusClass.Redirected => ("It sends its readers elsewhere.", CardTone.Calm),
            StatusClass.Refused => ("The site did not want to answer us.", CardTone.Warn),
            StatusClass.Broken => ("It cannot be reached.", CardTone.Bad),
            _ => ("It is not known whether it can be read.", CardTone.Warn),
        };
        return new PageCard(string.IsNullOrWhiteSpace(visit.Title) ? address : visit.Title, address, verdict, tone, CardLabel.Views(views));
    }

    /// <param name="slowestMs">Of the slowest page that was ok; null when there is none.</param>
    public static JobCard OfJob(EndedJob ended, int? slowestMs, long views)
    {
        var (job, counts) = (ended.Job, ended.Job.Counts);
        var (verdict, tone) = Verdict(ended.Outcome, counts);
        return new JobCard(
            $"Crawl {job.Job.Id}", job.Job.Start.Domain.Value, verdict, tone, CardScore.Of(counts.Ok, counts.Broken, counts.Unknown), Number(counts.Visits), Number(counts.Broken),
            Time(slowestMs), Date(ended.At), CardLabel.Views(views));
    }

    /// <inheritdoc cref="OfJob" />
    /// <param name="ended">The newest of its jobs that has ended.</param>
    public static SiteCard OfSite(DomainName site, EndedJob ended, int? slowestMs, long views)
    {
        var card = OfJob(ended, slowestMs, views);
        return new SiteCard(site.Value, card.Verdict, card.Tone, card.Score, card.Pages, card.Broken, card.Slowest, card.Date, card.Views);
    }

    private static (string, CardTone) Verdict(JobState outcome, JobCounts counts) => outcome switch
    {
        JobState.Failed => ("The crawl failed.", CardTone.Bad),
        JobState.Blocked => ("The site turned us away.", CardTone.Bad),
        JobState.Cancelled => ("The crawl was cancelled.", CardTone.Warn),
        _ when counts.Visits == 0 => ("There was nothing to ask for.", CardTone.Calm),
        _ when counts.Broken == 1 => ("1 page cannot be reached.", CardTone.Bad),
        _ when counts.Broken > 1 => ($"{Number(counts.Broken)} pages cannot be reached.", CardTone.Bad),
        _ => ("Everything can be reached.", CardTone.Good),
    };

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Time(int? ms) => ms switch
    {
        null => "",
        < 1_000 => $"{Number(ms.Value)} ms",
        _ => $"{(ms.Value / 1000d).ToString("0.#", CultureInfo.InvariantCulture)} s",
    };
}

/// <summary>A job that has ended or is just ending.</summary>
/// <param name="Outcome">How it ends.</param>
/// <param name="At">When.</param>
public readonly record struct EndedJob(JobView Job, JobState Outcome, DateTimeOffset At);
