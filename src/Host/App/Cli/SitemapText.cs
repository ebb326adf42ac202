using Amble.App.Http;

namespace Amble.App.Cli;

/// <summary>What a finished crawl says of the site's sitemaps; nothing where it has none.</summary>
public static class SitemapText
{
    private const int MostProblems = 10;

    public static void Write(TextWriter to, SitemapFindings? sitemaps)
    {
        if (sitemaps is null or { Files: 0, Problems.Count: 0 })
        {
            return;
        }
        to.WriteLine();
        to.WriteLine(Sum(sitemaps));
        foreach (var problem in sitemaps.Problems.Take(MostProblems))
        {
            to.WriteLine($"  {TerminalText.Clean(problem.Url)}");
            to.WriteLine($"    {TerminalText.Clean(problem.What)}");
        }
        if (sitemaps.Problems.Count > MostProblems)
        {
            to.WriteLine($"  and {Quantity.Of(sitemaps.Problems.Count - MostProblems, "more problem")}");
        }
    }

    /// <summary><c>Sitemaps: 2 files, 5,000 URLs, 1 problem</c></summary>
    public static string Sum(SitemapFindings sitemaps)
    {
        var words = new List<string> { Quantity.Of(sitemaps.Files, "file"), Quantity.Of(sitemaps.Urls, "URL") };
        if (sitemaps.OtherSites > 0)
        {
            words.Add($"{Quantity.Number(sitemaps.OtherSites)} of other sites left out");
        }
        if (sitemaps.Problems.Count > 0)
        {
            words.Add(Quantity.Of(sitemaps.Problems.Count, "problem"));
        }
        return $"Sitemaps: {string.Join(", ", words)}";
    }
}
