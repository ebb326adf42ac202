using Amble.App.Cli;
using Amble.App.Http;

namespace Amble.App.Pages;

/// <summary>The sitemaps of a job's page; nothing where the site has none.</summary>
public static class SitemapPart
{
    private const int MostProblems = 100;

    public static Html Write(SitemapFindings? sitemaps)
    {
        if (sitemaps is null or { Files: 0, Problems.Count: 0 })
        {
            return Html.None;
        }
        return Html.Of($"""
            <h2 id="sitemaps">Sitemaps</h2>
            <p>{SitemapText.Sum(sitemaps)}.</p>
            {Problems(sitemaps)}
            """);
    }

    private static Html Problems(SitemapFindings sitemaps)
    {
        if (sitemaps.Problems.Count == 0)
        {
            return Html.None;
        }
        var rows = sitemaps.Problems.Take(MostProblems).Select(problem => Html.Of($"""<tr><td class="u">{Parts.Outward(problem.Url)}</td><td>{problem.What}</td></tr>"""));
        var cut = sitemaps.Problems.Count > MostProblems ? $"; the first {MostProblems} of {Quantity.Number(sitemaps.Problems.Count)}" : "";
        return Html.Of($"""
            <div class="scroll"><table><caption>What is wrong with them{cut}</caption>
            <thead><tr><th scope="col">Sitemap</th><th scope="col">Problem</th></tr></thead><tbody>{rows}</tbody></table></div>
            """);
    }
}
