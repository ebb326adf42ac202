using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>
/// A job of many pages, all visited, put into a store by the commands that a crawl sends. Each page links to the next one, to a chapter
/// and to twenty others. Every page links to some of the broken ones; some are redirected to one of them, in two steps; one redirect is a loop.
/// </summary>
/// <param name="Sources">Links from pages to broken ones.</param>
internal sealed record LargeJob(int Pages, int Broken, int Sources)
{
    public const int Redirects = 300;

    private const int AtOnce = 500;

    public static PageUrl Page(int number) => Url($"/p/{number}");

    public static PageUrl Gone(int number) => Url($"/gone/{number}");

    public static PageUrl Moved(int number) => Url($"/moved/{number}");

    public static PageUrl MovedOn(int number) => Url($"/moved-on/{number}");

    /// <summary>Broken pages that this page links to, with the anchor text.</summary>
    public IEnumerable<(int Broken, string Anchor)> BrokenLinks(int page)
    {
        for (var link = page; link < Sources; link += Pages) yield return ((page + link / Pages * 7) % Broken, $"anchor {link} “ü”");
    }

    /// <summary>Visited and not ended; nothing is pending.</summary>
    public JobId Put(SqliteStore store)
    {
        var fixture = Of(store);
        var job = fixture.Create();
        var home = fixture.Unit(job, Home).Key;
        var robots = fixture.Unit(job, Home.Robots).Key;
        var map = Url("/sitemap.xml");
        Commit(store, [Links(robots, [new FoundUrl(map, 0, 0, "", UnitKind.Sitemap)])]);
        Commit(store, [Links(home, [], (Url("/private/1"), ExclusionReason.Robots), (Url("/deep/1"), ExclusionReason.Depth), (Url("/deep/2"), ExclusionReason.Depth))]);
        var urls = Enumerable.Range(0, Pages).Select(Page).Concat(Enumerable.Range(0, Broken).Select(Gone))
            .Concat(Enumerable.Range(0, Redirects).SelectMany(n => new[] { Moved(n), MovedOn(n) })).ToList();
        foreach (var some in urls.Chunk(AtOnce)) Commit(store, [Links(home, [.. some.Select(url => new FoundUrl(url, 1 + url.Text.Length % 3, 0, "to " + url.PathAndQuery))])]);

        Commit(store, [new WriterProtocol.CloseUnits(job, [robots.Page], null, After(5))]);
        Commit(store, [new WriterProtocol.CloseSitemap(new SitemapEnd(fixture.Unit(job, map).Key, StatusClass.Ok, 200, new SitemapContent(Pages, 0, 3, "It lists 3 URLs of another site.")), null, Memory(6), After(6))]);
        while (store.Reads.ReadWindow(Domain, After(1e6), AtOnce).Units is { Count: > 0 } units) Commit(store, [.. units.Select(unit => Visit(unit))]);
        return job;
    }

    private WriterProtocol.CloseVisit Visit(Unit unit)
    {
        var (@class, status, to) = Outcome(unit.Url);
        var number = Number(unit.Url);
        var close = Visited(unit.Key, unit.Url, @class, status, 20, to);
        var links = unit.Url.PathAndQuery.StartsWith("/p/", StringComparison.Ordinal) ? OutlinksOf(number) : [];
        var phases = new Phases(default, TimeSpan.FromMilliseconds(2), default, TimeSpan.FromMilliseconds(number % 2_500), TimeSpan.FromMilliseconds(1));
        return close with
        {
            Request = null,
            Visit = close.Visit with { Milliseconds = number % 2_500 + 3, Details = new VisitDetails("server: a", phases, links.Count, OutlinksPack.Pack(links)) },
        };
    }

    private static (StatusClass Class, int Status, PageUrl? To) Outcome(PageUrl url)
    {
        var number = Number(url);
        return url.PathAndQuery.Split('/')[1] switch
        {
            "gone" => (StatusClass.Broken, 404, null),
            // The first one leads back to where it came from.
            "moved" => (StatusClass.Redirected, 301, MovedOn(number)),
            "moved-on" => (StatusClass.Redirected, 302, number == 0 ? Moved(0) : Gone(0)),
            _ => (StatusClass.Ok, 200, null),
        };
    }

    private List<Outlink> OutlinksOf(int number)
    {
        var links = new List<Outlink> { new(Home, "home", false), new(Page((number + 1) % Pages), "next", false), new(Page(number / 20), "up", false) };
        for (var i = 0; i < 20; i++) links.Add(new Outlink(Page((number * 20 + i) % Pages), "down", false));
        links.AddRange(BrokenLinks(number).Select(link => new Outlink(Gone(link.Broken), link.Anchor, false)));
        if (number < Redirects) links.Add(new Outlink(Moved(number), "moved", false));
        return links;
    }

    private static int Number(PageUrl url) => int.TryParse(url.PathAndQuery.Split('/')[^1], out var number) ? number : 0;

    private static void Commit(SqliteStore store, IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        if (store.Writes.Commit(commands).OfType<WriterProtocol.Rejected>().FirstOrDefault() is { } rejected) throw new InvalidOperationException(rejected.Reason);
    }
}
