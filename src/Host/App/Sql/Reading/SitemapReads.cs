using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>What came of a job's sitemaps.</summary>
internal static class SitemapReads
{
    // A place that nobody named and where nothing can be read is no finding.
    private const string All =
        """
        SELECT p.url, f.state, f.exclusion, s.status, s.urls, s.files, s.other_sites, s.problem
        FROM sitemaps s JOIN frontier f ON f.job_id = s.job_id AND f.page_id = s.page_id JOIN pages p ON p.id = s.page_id
        WHERE s.job_id = ? AND NOT (s.guessed = 1 AND s.urls = 0 AND s.files = 0 AND (s.problem IS NOT NULL OR s.status IS NULL)) ORDER BY s.page_id
        """;

    public static IReadOnlyList<SitemapView> ReadAll(Database database, JobId job)
    {
        var sitemaps = new List<SitemapView>();
        var found = database[All].Bind(job.Value);
        while (found.Step())
        {
            sitemaps.Add(new SitemapView(
                PageUrl.FromStored(found.Text(0)), found.Number(1) == 0, (ExclusionReason?)found.MaybeInteger(2), (int?)found.MaybeInteger(3),
                new SitemapContent(found.Number(4), found.Number(5), found.Number(6), found.MaybeText(7))));
        }
        return sitemaps;
    }
}
