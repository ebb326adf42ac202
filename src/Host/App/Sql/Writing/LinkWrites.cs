using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Takes found URLs into a job. A URL is in a job's frontier once, whoever finds it, and stays as it was found first; only a URL that
/// was out for a reason that may pass (too deep, too many redirects, no room) comes in when it is found again without it. Beyond the
/// page limit a URL is listed as kept out, and so is one that a trap made. A job that ends takes nothing more.
/// </summary>
internal sealed class LinkWrites(TurnRows rows, SitemapWrites sitemaps)
{
    private const int MostHops = 10;

    private const string InsertUnit =
        """
        INSERT INTO frontier (job_id, page_id, domain_id, kind, state, exclusion, depth, hops, due_at, source_page, anchor)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_id, page_id) DO NOTHING
        """;

    private const string LetIn =
        """
        UPDATE frontier SET state = 0, exclusion = NULL, depth = ?, hops = ?, due_at = ?, source_page = ?, anchor = ?
        WHERE job_id = ? AND page_id = ? AND kind = 0 AND state = 2 AND exclusion IN (3, 4, 7)
        """;

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
        return new LinksSaved(command.Source, command.Part, gained, JobTakesNoMore: job is null || job.TakesNoMore || !job.HasRoom);
    }

    /// <summary>Opens a unit that nobody linked to.</summary>
    public void Open(JobRow job, PageUrl url, UnitKind kind, DateTimeOffset at)
    {
        var domain = rows.Domains.Of(url.Domain);
        if (Insert(job, rows.PageOf(url, domain), domain, kind, null, 0, 0, at, null, null)) Opened(job, domain, kind, at);
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
        var page = rows.PageOf(found.Url, domain);
        var isNew = Insert(job, page, domain, UnitKind.Page, null, found.Depth, found.Hops, command.At, command.Source.Page, found.Anchor);
        if (!isNew && WasLetIn(job, page, found, command))
        {
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
        var page = rows.PageOf(url, domain);
        if (Insert(job, page, domain, UnitKind.Page, why, depth, 0, command.At, command.Source.Page, null))
        {
            job.Excluded++;
            job.IsChanged = true;
        }
        // Whether an older row is final is not known here; the next link that would take it in asks the table.
        rows.Known.Remember(job.Id, url, false);
    }

    private bool Insert(
        JobRow job, PageId page, DomainRow domain, UnitKind kind, ExclusionReason? why, int depth, int hops, DateTimeOffset at, PageId? source, string? anchor) =>
        rows.Database[InsertUnit]
            .Bind(job.Id.Value).Bind(page.Value).Bind(domain.Id).Bind((long)kind).Bind(why is null ? 0 : 2).Bind((long?)why)
            .Bind(depth).Bind(hops).Bind(StoredTime.Milliseconds(at)).Bind(source?.Value).Bind(anchor).Run() == 1;

    private bool WasLetIn(JobRow job, PageId page, FoundUrl found, SaveLinks command) =>
        rows.Database[LetIn]
            .Bind(found.Depth).Bind(found.Hops).Bind(StoredTime.Milliseconds(command.At)).Bind(command.Source.Page.Value).Bind(found.Anchor)
            .Bind(job.Id.Value).Bind(page.Value).Run() == 1;

    private static void Opened(JobRow job, DomainRow domain, UnitKind kind, DateTimeOffset at)
    {
        job.Pending++;
        if (kind == UnitKind.Page) job.Pages++;
        job.IsChanged = true;
        domain.Gain(StoredTime.Milliseconds(at));
    }
}
