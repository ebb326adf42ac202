using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// The pages of a crawl as the writer hears of them: each with forty links, of which some are new and the others are known. A page is known
/// by the order in which it was found, so its number in the store is known too.
/// </summary>
/// <param name="beyondStart">The URL of a page from its number on, without the start's; null for the usual.</param>
internal sealed class CrawledPages(JobId job, int newLinks, Func<int, string>? beyondStart = null)
{
    public const int Links = 40;

    private readonly Random _chance = new(1);
    private readonly byte[] _outlinks = new byte[600];
    private readonly string _headers = string.Concat(Enumerable.Repeat("Header-Name: its value\n", 12));
    private readonly DomainMemory _memory = DomainMemory.Blank(Start.Domain) with { LastStartAt = DateTimeOffset.UtcNow, Awake = true };

    public static PageUrl Start { get; } = PageUrl.FromStored("http://site-00001.test/");

    /// <summary>Found URLs of one page: the new ones first, then known ones.</summary>
    public IReadOnlyList<int> FoundOn(int page)
    {
        var found = new int[Links];
        for (var i = 0; i < Links; i++)
        {
            found[i] = i < newLinks ? page * newLinks + i + 1 : _chance.Next(page * newLinks + 1);
        }
        return found;
    }

    public static string UrlOf(int page) => page == 0 ? Start.Text : $"{Start.Text}p/{page}";

    /// <summary>The store numbers the start page 1, its robots.txt 2, and then what is found.</summary>
    public static long IdOf(int page) => page == 0 ? 1 : page + 2;

    public IReadOnlyList<WriterProtocol.ICommand> Commands(int page)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(page);
        var key = new UnitKey(job, new PageId(IdOf(page)));
        var visit = new Visit(
            key, StatusClass.Ok, 200, now, 7, 20_000, "text/html; charset=utf-8", null, $"Page {page}", null, false, false, null, 1,
            new VisitDetails(_headers, default, Links, _outlinks));
        return
        [
            new WriterProtocol.SaveLinks(key, 0, [.. FoundOn(page).Select(found => new FoundUrl(PageUrl.FromStored(beyondStart is null || found == 0 ? UrlOf(found) : Start.Text + beyondStart(found)), 1, 0, $"Page {found}"))], [], now),
            new WriterProtocol.CloseVisit(visit, new RequestMade(job, key.Page, RequestKind.Page, now, 7, 200), _memory, now),
        ];
    }
}
