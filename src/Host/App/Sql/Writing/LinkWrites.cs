using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Takes found URLs into a job. A URL is in a job's frontier once, whoever finds it, and stays as it was found first; only a URL that
/// was out for a reason that may pass (too deep, too many redirects, no room) comes in when it is found again without it. Beyond the
/// page limit a URL is listed as kept out, and so is one that a trap made. A job that ends takes nothing more, and what named these URLs ends
/// as unknown: a retry asks for it again, and finds them.
/// </summary>
internal sealed class LinkWrites(TurnRows rows, SitemapWrites sitemaps, EndWrites ends)
{
    private const int MostHops = 10;

    public LinksSaved Save(SaveLinks command)
    {
        var gained = new List<DomainName>();
        var job = rows.Jobs.Find(command.Source.Job);
        if (job is { TakesNoMore: false })
        {
            foreach (var found in command.Found)
            {
                if (found.Kind == UnitKind.Sitemap && found.Hops <= MostHops) Gain(sitemaps.Take(job, found, command)?.Name, gained);
                else if (found.Hops > MostHops) Exclude(job, found.Url, ExclusionReason.TooManyRedirects, found.Depth, command);
                else Take(job, found, command, gained);
            }
            foreach (var (url, why) in command.Excluded) Exclude(job, url, why, 0, command);
        }
        else if (job is { State: JobState.Finishing, IsOpening: false } && command.Found.Count > 0)
        {
            rows.LetGo();
            ends.End(job, command.Source.Page, command.At);
        }
        return new LinksSaved(command.Source, command.Part, gained, JobTakesNoMore: job is null || job.TakesNoMore || !job.HasRoom);
    }

    /// <summary>Opens a unit that nobody linked to.</summary>
    public void Open(JobRow job, PageUrl url, UnitKind kind, DateTimeOffset at)
    {
        var domain = rows.Domains.Of(url.Domain);
        var unit = new NewUnit(rows.Links.PageOf(url, domain), domain, kind, null, 0, 0, StoredTime.Milliseconds(at), null, null);
        if (rows.Links.Insert(job.Id, unit)) Opened(job, domain, kind, at);
    }

    private void Take(JobRow job, FoundUrl found, SaveLinks command, List<DomainName> gained)
    {
        if (rows.Known.IsSettled(job.Id, found.Url) == true) return;
        if (!job.HasRoom)
        {
            Exclude(job, found.Url, ExclusionReason.PageLimit, found.Depth, command);
            return;
        }
        if (rows.Traps.Judge(job, found.Url) is { } trap)
        {
            Exclude(job, found.Url, trap, found.Depth, command);
            return;
        }

        var domain = rows.Domains.Of(found.Url.Domain);
        var due = StoredTime.Milliseconds(command.At);
        var unit = new NewUnit(rows.Links.PageOf(found.Url, domain), domain, UnitKind.Page, null, found.Depth, found.Hops, due, command.Source.Page, found.Anchor);
        var isNew = rows.Links.Insert(job.Id, unit);
        if (!isNew && rows.Links.LetIn(job.Id, unit))
        {
            rows.Units.LetGo();
            job.Excluded--;
            isNew = true;
        }
        rows.Known.Remember(job.Id, found.Url, true);
        if (!isNew) return;
        rows.Traps.Charge(job, found.Url);
        Opened(job, domain, UnitKind.Page, command.At);
        Gain(domain.Name, gained);
    }

    private static void Gain(DomainName? domain, List<DomainName> gained)
    {
        if (domain is not null && !gained.Contains(domain)) gained.Add(domain);
    }

    private void Exclude(JobRow job, PageUrl url, ExclusionReason why, int depth, SaveLinks command)
    {
        if (rows.Known.IsSettled(job.Id, url) is not null) return;
        var domain = rows.Domains.Of(url.Domain);
        var due = StoredTime.Milliseconds(command.At);
        if (rows.Links.Insert(job.Id, new NewUnit(rows.Links.PageOf(url, domain), domain, UnitKind.Page, why, depth, 0, due, command.Source.Page, null)))
        {
            job.Excluded++;
            job.IsChanged = true;
        }
        // Whether an older row is final is not known here; the next link that would take it in asks the table.
        rows.Known.Remember(job.Id, url, false);
    }

    private static void Opened(JobRow job, DomainRow domain, UnitKind kind, DateTimeOffset at)
    {
        job.Pending++;
        if (kind == UnitKind.Page) job.Pages++;
        job.IsChanged = true;
        domain.Gain(StoredTime.Milliseconds(at));
    }
}
