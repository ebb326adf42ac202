using System.Globalization;

namespace Amble.Benchmarks;

/// <summary>
/// What the budgets that end endless sites cost the writer: links with two parameters, each of which has a count of its own for the order of
/// its parameters, against links of the same length that say the same in their path and are counted only by their first segment.
/// </summary>
internal static class TrapCost
{
    private const int Pages = 10_000;

    public static void Run(BenchmarkOptions options)
    {
        Console.WriteLine($"traps: {Pages:N0} pages of {CrawledPages.Links} links, {options.Rounds} rounds");
        var table = new Table("links of a page", "by path, pages/s", "by two parameters, pages/s", "ratio", "longest turn, ms: path", "parameters");
        foreach (var newLinks in (int[])[1, 8, CrawledPages.Links])
        {
            var (paths, queries, ratio, pathTurn, queryTurn) = (new Figures(), new Figures(), new Figures(), new Figures(), new Figures());
            var pages = Pages / (newLinks == CrawledPages.Links ? 4 : 1);
            // The first round makes the code warm.
            for (var round = 0; round <= options.Rounds; round++)
            {
                double path = 0, query = 0;
                var (pathLongest, queryLongest) = (TimeSpan.Zero, TimeSpan.Zero);
                foreach (var isQuery in round % 2 == 0 ? (bool[])[false, true] : [true, false])
                {
                    if (isQuery) query = pages / WriterSpeed.InDirectory(directory => WriterSpeed.Write(directory, newLinks, pages, out queryLongest, Query));
                    else path = pages / WriterSpeed.InDirectory(directory => WriterSpeed.Write(directory, newLinks, pages, out pathLongest, Path));
                }
                if (round == 0) continue;
                paths.Add(path);
                queries.Add(query);
                ratio.Add(query / path);
                pathTurn.Add(pathLongest.TotalMilliseconds);
                queryTurn.Add(queryLongest.TotalMilliseconds);
            }
            table.Add($"{newLinks} new, {CrawledPages.Links - newLinks} known", paths.Text("N0"), queries.Text("N0"), ratio.Text("0.00"), pathTurn.Text("0"), queryTurn.Text("0"));
        }
        table.Write(Console.Out);
    }

    private static string Query(int page) => string.Create(CultureInfo.InvariantCulture, $"shop?item={page}&view=full");

    private static string Path(int page) => string.Create(CultureInfo.InvariantCulture, $"shop/item/{page}/view/full");
}
