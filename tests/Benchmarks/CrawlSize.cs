namespace Amble.Benchmarks;

/// <summary>A web to be crawled without a pace.</summary>
/// <param name="Pages">Of each domain.</param>
/// <param name="Target">The least share of the bare loop's speed that Amble is to reach; zero where none was set.</param>
internal sealed record CrawlSize(string Name, int Domains, int Pages, double Target)
{
    /// <summary>What Amble may hold in memory at most, in MB.</summary>
    public const double MostMegabytes = 250;

    public static IReadOnlyList<CrawlSize> All { get; } =
    [
        new("crawl-one", 1, 5_000, 0.6),
        new("crawl-many", 500, 20, 0.6),
        new("crawl-large", 1, 50_000, 0.4),
        new("crawl-wide", 3_000, 5, 0),
    ];

    public int AllPages => Domains * Pages;
}
