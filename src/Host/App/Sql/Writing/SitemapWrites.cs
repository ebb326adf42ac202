using Amble.Behaviours.Crawl;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Takes sitemap files into a job and ends them. A URL is one unit: found as a page first and not visited yet, it becomes a sitemap; visited
/// already, it stays a page. A job has at most <see cref="SitemapRule.MostFiles"/> of them; the page limit does not count them.
/// </summary>
internal sealed class SitemapWrites(TurnRows rows, RequestWrites requests)
{
    private const string InsertUnit =
        """
        INSERT INTO frontier (job_id, page_id, domain_id, kind, state, depth, hops, due_at, source_page) VALUES (?, ?, ?, 2, 0, ?, ?, ?, ?)
        ON CONFLICT (job_id, page_id) DO NOTHING
        """;

    // The start page has no source, and is a page whatever else it may be.
    private const string FoundAsPage =
        "SELECT state FROM frontier WHERE job_id = ? AND page_id = ? AND kind = 0 AND state IN (0, 2) AND warm = 0 AND source_page IS NOT NULL";

    private const string MakeSitemap =
        "UPDATE frontier SET kind = 2, state = 0, exclusion = NULL, depth = ?, hops = ?, due_at = ?, source_page = ? WHERE job_id = ? AND page_id = ?";

    // A redirect from a place that was guessed leads to one that was guessed.
    private const string InsertSitemap =
        """
        INSERT INTO sitemaps (job_id, page_id, guessed)
        VALUES (?1, ?2, CASE WHEN ?3 = 1 OR ?4 = 1 AND coalesce((SELECT guessed FROM sitemaps WHERE job_id = ?1 AND page_id = ?5), 0) = 1 THEN 1 ELSE 0 END)
        """;

    private const string Count = "SELECT count(*) FROM sitemaps WHERE job_id = ?";
    private const string Describe = "UPDATE sitemaps SET status = ?, urls = ?, files = ?, other_sites = ?, problem = ? WHERE job_id = ? AND page_id = ?";

    /// <summary>The domain that gained a unit; null when none did.</summary>
    public DomainRow? Take(JobRow job, FoundUrl found, SaveLinks command)
    {
        job.Sitemaps ??= rows.Database[Count].Bind(job.Id.Value).Single() ?? 0;
        if (job.Sitemaps >= SitemapRule.MostFiles) return null;
        var domain = rows.Domains.Of(found.Url.Domain);
        var page = rows.Links.PageOf(found.Url, domain);
        var due = StoredTime.Milliseconds(command.At);
        var source = command.Source.Page.Value;
        // It may have been found as a page in this very turn.
        rows.Links.Flush();
        var isNew = rows.Database[InsertUnit].Bind(job.Id.Value).Bind(page.Value).Bind(domain.Id).Bind(found.Depth).Bind(found.Hops).Bind(due).Bind(source).Run() == 1;
        if (isNew) job.Pending++;
        else if (!WasMade(job, page, found, due, source)) return null;
        rows.Links.Took(job.Id, page);

        rows.Database[InsertSitemap].Bind(job.Id.Value).Bind(page.Value).Bind(found.Guessed).Bind(found.Hops > 0).Bind(source).Put();
        job.Sitemaps++;
        job.IsChanged = true;
        domain.Gain(due);
        return domain;
    }

    public UnitClosed Close(CloseSitemap command)
    {
        var (key, @class, status, content) = command.Sitemap;
        var domain = rows.Domains.Of(command.Memory.Name);
        domain.Remember(command.Memory, command.At);
        if (command.Request is { } request) requests.Append(request, domain);

        var job = rows.Jobs.Find(key.Job);
        var wasOpen = rows.Units.EndSitemap(key, @class);
        if (job is null || !wasOpen) return new UnitClosed(key, job?.Pending ?? 0);
        rows.Database[Describe]
            .Bind((long?)status).Bind(content.Urls).Bind(content.Files).Bind(content.OtherSites).Bind(content.Problem).Bind(key.Job.Value).Bind(key.Page.Value).Put();
        job.Pending--;
        job.IsChanged = true;
        return new UnitClosed(key, job.Pending);
    }

    private bool WasMade(JobRow job, PageId page, FoundUrl found, long due, long source)
    {
        rows.Units.LetGo();
        if (rows.Database[FoundAsPage].Bind(job.Id.Value).Bind(page.Value).Single() is not { } state) return false;
        rows.Database[MakeSitemap].Bind(found.Depth).Bind(found.Hops).Bind(due).Bind(source).Bind(job.Id.Value).Bind(page.Value).Put();
        if (state == 0)
        {
            job.Pages--;
        }
        else
        {
            job.Excluded--;
            job.Pending++;
        }
        return true;
    }
}
