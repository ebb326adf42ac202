using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>What a job's sitemaps were good for.</summary>
/// <param name="Files">Files that were read.</param>
/// <param name="Urls">URLs of the site that they list, as often as they do.</param>
/// <param name="OtherSites">URLs of other sites that they list; they are not looked at.</param>
/// <param name="Problems">Files with which something is wrong, each with what.</param>
public sealed record SitemapFindings(long Files, long Urls, long OtherSites, IReadOnlyList<SitemapProblem> Problems)
{
    public static SitemapFindings None { get; } = new(0, 0, 0, []);

    /// <param name="ended">The job has ended: what was not read will not be.</param>
    public static SitemapFindings Of(IReadOnlyList<SitemapView> sitemaps, bool ended)
    {
        var problems = sitemaps.Select(sitemap => Problem(sitemap, ended)).OfType<SitemapProblem>().ToList();
        if (sitemaps.Count >= SitemapRule.MostFiles)
            problems.Add(new SitemapProblem(sitemaps[^1].Url.Text, $"A job reads at most {SitemapRule.MostFiles} sitemaps; others may have been left out."));
        return new SitemapFindings(
            sitemaps.Count(sitemap => sitemap.Status is >= 200 and < 300), sitemaps.Sum(sitemap => (long)sitemap.Content.Urls),
            sitemaps.Sum(sitemap => (long)sitemap.Content.OtherSites), problems);
    }

    private static SitemapProblem? Problem(SitemapView sitemap, bool ended)
    {
        var what = sitemap switch
        {
            { Content.Problem: { } problem } => problem,
            { Why: { } why } => $"Not asked for: {VisitWords.Reason(why)}.",
            { Status: null } when ended => "The job ended before it was read.",
            _ => null,
        };
        return what is null ? null : new SitemapProblem(sitemap.Url.Text, what);
    }
}

/// <param name="What">One sentence.</param>
public sealed record SitemapProblem(string Url, string What);
