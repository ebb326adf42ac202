using Amble.App;
using Amble.App.Sql;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// A job of many pages, crawled to its end with its report by the product's own runtime from a web that answers at once. Of a hundred pages two
/// are broken and three redirected, each answered one links to twenty others, and what is slow is so by word only.
/// </summary>
internal static class LargeJob
{
    private const int Links = 20;
    private const int InFlight = 64;

    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(50);

    public static PageUrl Start { get; } = PageUrl.FromStored("http://site-00001.test/");

    public static NodeSettings Node(string directory) => new(directory, InFlight, null, new CrawlSettings(), WriterQueueSettings.Default, WebSettings.Default);

    /// <summary>Leaves it in the store of the directory, ended.</summary>
    public static async Task CrawlAsync(string directory, int pages)
    {
        using var store = SqliteStore.Open(directory, packed => OutlinksPack.Unpack(packed).Select(link => (link.Url.Text, link.Anchor)));
        var web = new ListedWeb(pages, readings: 1, (request, page) => Answer(request, page, pages));
        var settings = new LocalSettings(
            new CrawlSettings(), WriterQueueSettings.Default, InFlight, TimeSpan.FromSeconds(1), (key, surprise) => Environment.FailFast(key, surprise));
        await using var runtime = new LocalRuntime(new PoolScheduler(TimeProvider.System), store.Reads, store.Writes, web, settings);
        runtime.Start();
        var job = await runtime.CreateAsync(new NewJob(Start, JobLimits.None, InFlight, Unpaced: true, Warm: false), CancellationToken.None);
        while (store.Reads.ReadJob(job.Id) is { EndedAt: null }) await Task.Delay(_beat);
    }

    private static FetchOutcome.Answered Answer(FetchRequest request, int page, int pages)
    {
        var took = TimeSpan.FromMilliseconds(5 + (page * 7919L % 1_000 * (page % 97 == 0 ? 4 : 1)));
        return (page % 100) switch
        {
            7 or 57 => ListedWeb.Answer(404, took, null, null),
            3 or 33 or 63 => ListedWeb.Answer(301, took, ListedWeb.UrlOf(request.Url.Origin, page % pages + 1), null),
            _ => ListedWeb.Answer(200, took, null, PageOf(request, page, pages)),
        };
    }

    private static PageContent PageOf(FetchRequest request, int page, int pages)
    {
        var chance = new Random(page);
        var links = Enumerable.Range(0, Links).Select(_ => chance.Next(pages) + 1).Distinct()
            .Select(number => new Outlink(ListedWeb.UrlOf(request.Url.Origin, number), $"On to page {number}", NoFollow: false)).ToList();
        IReadOnlyList<FoundUrl> found = [.. links.Select(link => new FoundUrl(link.Url, request.Depth + 1, 0, link.Anchor))];
        return new PageContent($"Page {page} of a large site, with the title of an article", null, false, false, found, [], links.Count, OutlinksPack.Pack(links));
    }
}
