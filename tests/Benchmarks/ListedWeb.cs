using System.Globalization;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// Sites without a network, which answer at once: each lists its pages in sitemaps of 50,000 that its robots.txt names. Until all sitemaps are
/// read and stored, pages are slow to answer, so that nearly all of them are open when the crawl begins in earnest.
/// </summary>
/// <param name="listed">Pages that each site lists: numbers from 1, spread over some sections, since a section of more than 200,000 would be a trap.</param>
/// <param name="readings">How many times a site's whole list will be read: once by every job.</param>
/// <param name="page">The answer of page number n; 0 is any that is not listed.</param>
internal sealed class ListedWeb(int listed, int readings, Func<FetchRequest, int, FetchOutcome> page) : IWeb
{
    private const int InOneFile = 50_000;
    private const int InOnePart = 500;
    private const int Sections = 50;
    private const string PathOfSection = "/section-";
    private const string PathOfFile = "/sitemap-";

    private static readonly TimeSpan _slow = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource _allListed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _files = (listed + InOneFile - 1) / InOneFile;
    private int _filesRead;
    private int _pagesAnswered;

    public Task AllListed => _allListed.Task;

    /// <summary>Those of the crawl in earnest.</summary>
    public int PagesAnswered => Volatile.Read(ref _pagesAnswered);

    public static PageUrl UrlOf(string origin, int number) => PageUrl.FromStored(string.Create(CultureInfo.InvariantCulture, $"{origin}{PathOfSection}{number % Sections}/{number}"));

    public static FetchOutcome.Answered Answer(int status, TimeSpan took, PageUrl? redirectTo, PageContent? content) => new(
        DateTimeOffset.UtcNow, took, new Phases(default, default, default, took / 2, took / 2), status, 20_000, "text/html; charset=utf-8", redirectTo, [], null, null,
        "Content-Type: text/html; charset=utf-8\nServer: listed\nCache-Control: max-age=60\nVary: Accept-Encoding\n", content, null);

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, CancellationToken stop)
    {
        if (request.Kind == RequestKind.Robots)
        {
            departure.Left(DateTimeOffset.UtcNow);
            var lines = Enumerable.Range(0, _files).Select(file => string.Create(CultureInfo.InvariantCulture, $"Sitemap: {request.Url.Origin}{PathOfFile}{file}.xml"));
            return Answer(200, TimeSpan.FromMilliseconds(1), null, null) with { Robots = new RobotsBody(string.Join('\n', lines)) };
        }
        departure.Left(DateTimeOffset.UtcNow);
        if (AllListed.IsCompleted) Interlocked.Increment(ref _pagesAnswered);
        else await Task.WhenAny(AllListed, Task.Delay(_slow, stop));
        var path = request.Url.PathAndQuery;
        var isListed = path.StartsWith(PathOfSection, StringComparison.Ordinal);
        return page(request, isListed ? int.Parse(path.AsSpan(path.LastIndexOf('/') + 1), CultureInfo.InvariantCulture) : 0);
    }

    public async Task<FetchOutcome> FetchSitemapAsync(FetchRequest request, IDeparture departure, StorePart store, CancellationToken stop)
    {
        departure.Left(DateTimeOffset.UtcNow);
        var number = request.Url.PathAndQuery.AsSpan(PathOfFile.Length);
        var first = int.Parse(number[..number.IndexOf('.')], CultureInfo.InvariantCulture) * InOneFile;
        var urls = Math.Min(InOneFile, listed - first);
        for (var from = 0; from < urls; from += InOnePart)
        {
            var part = Enumerable.Range(first + from + 1, Math.Min(InOnePart, urls - from)).Select(page => new FoundUrl(UrlOf(request.Url.Origin, page), 1, 0, ""));
            if (!await store(new FoundPart(from / InOnePart, [.. part], []))) break;
        }
        if (Interlocked.Increment(ref _filesRead) == _files * readings) _allListed.SetResult();
        return Answer(200, TimeSpan.FromMilliseconds(1), null, null) with { Sitemap = new SitemapContent(urls, 0, 0, null) };
    }
}
