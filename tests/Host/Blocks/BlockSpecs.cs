using System.Text.Json.Nodes;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Host.Specs.Blocks;

/// <summary>Each way in which a site turns a crawl away: what the operator reads, that nothing more is asked, and that retry goes on.</summary>
public sealed class BlockSpecs
{
    private const int Pages = 20;

    private static readonly SiteAnswer _challenge = new(403, "Just a moment...") { Headers = new Dictionary<string, string> { ["Cf-Mitigated"] = "challenge" } };
    private static readonly SiteAnswer _forbidden = new(403, "Forbidden");
    private static readonly SiteAnswer _throttled = new(429, "Too many requests.");

    private int _wellAnswered;
    private volatile bool _isOver;

    [Theory, Trait("Seeds", "P-14+")]
    [InlineData("challenge", "2 answers in a row were challenge pages (Cloudflare, HTTP 403), which ask for proof that we are human, and so was http://", 2)]
    [InlineData("forbidden", "3 pages in a row were refused (HTTP 403), and so was http://", 3)]
    public async Task A_site_that_turns_us_away_in_the_middle_ends_the_job_as_blocked_and_retry_goes_on_once_it_lets_us_in(string how, string reason, int inARow)
    {
        await using var site = await SiteAsync(From(5, how == "challenge" ? _challenge : _forbidden));
        using var crawl = new BlockedCrawl();

        var (exit, sums) = await crawl.RunAsync(site);
        Assert.Equal((2, "blocked"), (exit, (string)sums["state"]!));
        AssertTold(crawl.Out, (string)sums["reason"]!, reason);
        Assert.EndsWith(", which had been answered well before.", (string)sums["reason"]!, StringComparison.Ordinal);
        Assert.Contains($"To ask again, once the site lets you in: amble retry 1 --data {crawl.Data}, then amble crawl ", crawl.Out, StringComparison.Ordinal);
        // What was refused, then one that was good, and no more.
        var refused = site.Log.SkipWhile(request => request.Status != 403).ToList();
        Assert.Equal(inARow + 1, refused.Count);
        Assert.Contains(site.Log, request => request.Path == refused[^1].Path && request.Status == 200);
        Assert.Equal((int)sums["requests"]!, site.Log.Count);

        var (page, job) = await crawl.LookAsync();
        Assert.Equal(("blocked", (string)sums["reason"]!), ((string)job["state"]!, (string)job["reason"]!));
        Assert.Contains("The site turned us away.", page, StringComparison.Ordinal);
        Assert.Contains((string)sums["reason"]!, page, StringComparison.Ordinal);
        Assert.Contains("<code>amble retry 1</code>", page, StringComparison.Ordinal);

        _isOver = true;
        Assert.Equal(0, await crawl.RetryAsync());
        var (again, end) = await crawl.RunAsync(site);
        Assert.Equal((0, "completed", Pages), (again, (string)end["state"]!, (int)end["ok"]!));
    }

    [Theory, Trait("Seeds", "P-14+")]
    [InlineData("challenge", "where the crawl begins.")]
    [InlineData("forbidden", "among them, where the crawl begins.")]
    public async Task A_site_that_never_let_us_in_is_not_asked_for_all_that_its_sitemap_lists_and_the_API_retries(string how, string reason)
    {
        await using var site = await SiteAsync(From(0, how == "challenge" ? _challenge : _forbidden));
        using var crawl = new BlockedCrawl();

        var (exit, sums) = await crawl.RunAsync(site);
        Assert.Equal((2, "blocked", 0), (exit, (string)sums["state"]!, (int)sums["ok"]!));
        AssertTold(crawl.Out, (string)sums["reason"]!, reason);
        Assert.InRange(site.Log.Count(request => request.Status == 403), 2, 5);

        _isOver = true;
        var end = await crawl.RetryOverHttpAsync();
        Assert.Equal(("completed", Pages), ((string)end["state"]!, (int)end["ok"]!));
    }

    [Fact, Trait("Seeds", "P-14+")]
    public async Task A_part_of_a_site_that_is_forbidden_ends_as_refused_and_nothing_else_suffers()
    {
        await using var site = await SiteAsync(request => request.Path is "/p/1" or "/p/2" or "/p/3" or "/p/4" or "/p/5" or "/p/6" ? _forbidden : null);
        using var crawl = new BlockedCrawl();

        var (exit, sums) = await crawl.RunAsync(site);
        Assert.Equal((0, "completed", Pages - 6, 6), (exit, (string)sums["state"]!, (int)sums["ok"]!, (int)sums["refused"]!));
        Assert.Contains("Refused (not broken: the site did not want to answer us):", crawl.Out, StringComparison.Ordinal);
        // Two rows of three, so at most two good pages are asked a second time.
        Assert.InRange(site.Log.Count(request => request.Status == 200) - (Pages - 6) - 2, 1, 2);
    }

    [Fact, Trait("Seeds", "P-14+")]
    public async Task A_redirect_to_what_is_refused_is_no_way_in()
    {
        var hop = new SiteAnswer(301) { Headers = new Dictionary<string, string> { ["Location"] = "/p/1" } };
        await using var site = await SiteAsync(request => request.Path == "/" ? hop : request.Path == "/p/1" ? _challenge : null, sitemap: false);
        using var crawl = new BlockedCrawl();

        var (exit, sums) = await crawl.RunAsync(site);
        Assert.Equal((2, "blocked"), (exit, (string)sums["state"]!));
        Assert.EndsWith(", and so was " + site.UrlByAddress() + ", where the crawl begins.", (string)sums["reason"]!, StringComparison.Ordinal);
        Assert.Equal(["/", "/p/1", "/p/1", "/"], site.Log.Where(request => request.Path is "/" or "/p/1").Select(request => request.Path));
    }

    [Fact, Trait("Seeds", "P-13+")]
    public async Task A_host_that_refuses_everyone_ends_the_job_as_blocked_after_its_time_and_retry_goes_on()
    {
        await using var site = await SiteAsync(From(5, _throttled));
        using var crawl = new BlockedCrawl();
        crawl.Pace = crawl.Pace with { GiveUpAfter = BlockedCrawl.Ms(300) };

        var (exit, sums) = await crawl.RunAsync(site);
        Assert.Equal((2, "blocked"), (exit, (string)sums["state"]!));
        AssertTold(crawl.Out, (string)sums["reason"]!, "No good answer since ");
        Assert.Contains("the site refuses every request", (string)sums["reason"]!, StringComparison.Ordinal);
        Assert.Equal((0, 0), ((int)sums["refused"]!, (int)sums["broken"]!));
        Assert.Contains((string)sums["reason"]!, (await crawl.LookAsync()).Page, StringComparison.Ordinal);

        _isOver = true;
        Assert.Equal(0, await crawl.RetryAsync());
        Assert.Equal("completed", (string)(await crawl.RunAsync(site)).Sums["state"]!);
    }

    [Fact, Trait("Seeds", "P-12+")]
    public async Task A_site_that_asks_for_more_than_a_day_parks_the_job_with_its_instant_and_the_same_command_resumes()
    {
        var away = _throttled with { Headers = new Dictionary<string, string> { ["Retry-After"] = "2" } };
        await using var site = await SiteAsync(From(5, away));
        using var crawl = new BlockedCrawl();
        crawl.Pace = crawl.Pace with { ParkBeyond = BlockedCrawl.Ms(500) };

        var (exit, sums) = await crawl.RunAsync(site);
        Assert.Equal((2, "parked", "The site asked us to stay away (Retry-After)"), (exit, (string)sums["state"]!, (string)sums["reason"]!));
        Assert.Contains("The site asked us to stay away (Retry-After); resumes at ", crawl.Out, StringComparison.Ordinal);
        Assert.Contains($"To go on: amble crawl --data {crawl.Data} ", crawl.Out, StringComparison.Ordinal);

        var (page, job) = await crawl.LookAsync();
        Assert.Equal("parked", (string)job["state"]!);
        Assert.NotNull((string?)job["resumeAt"]);
        Assert.Contains("The crawl waits, as the site asked.", page, StringComparison.Ordinal);
        Assert.Contains("The site asked us to stay away (Retry-After); the crawl goes on by itself at ", page, StringComparison.Ordinal);
        Assert.Equal(0, await crawl.RetryAsync());
        Assert.Contains("Job 1 is parked and has nothing to ask before ", crawl.Out, StringComparison.Ordinal);

        _isOver = true;
        var (again, end) = await ResumedAsync(crawl, site);
        Assert.Equal((0, "completed", Pages), (again, (string)end["state"]!, (int)end["ok"]!));
        var told = site.Log.Single(request => request.Status == 429);
        Assert.True(site.Log.SkipWhile(request => request != told).Skip(1).First().ArrivedMs - told.LeftMs >= 1_990);
    }

    [Fact, Trait("Seeds", "P-15+")]
    public async Task Bad_minutes_pause_the_site_and_then_the_crawl_goes_on_by_itself()
    {
        var failed = 0;
        await using var site = await SiteAsync(request => Volatile.Read(ref _wellAnswered) < 5 ? Well() : Interlocked.Increment(ref failed) <= 15 ? new SiteAnswer(500, "It is down.") : null);
        using var crawl = new BlockedCrawl();
        crawl.Pace = crawl.Pace with { FailureWindow = BlockedCrawl.Ms(200), FailurePause = BlockedCrawl.Ms(400) };
        crawl.Retry = crawl.Retry with { ErrorRetries = 30 };

        var (exit, sums) = await crawl.RunAsync(site);
        Assert.Equal((0, "completed", Pages), (exit, (string)sums["state"]!, (int)sums["ok"]!));
        var bad = site.Log.SkipWhile(request => request.Status != 500).ToList();
        Assert.True(bad.Zip(bad.Skip(1), (one, next) => next.ArrivedMs - one.LeftMs).Max() >= 390);
        Assert.InRange(failed, 15, 15 + Pages);
    }

    private static void AssertTold(string terminal, string reason, string part)
    {
        Assert.Contains(part, reason, StringComparison.Ordinal);
        Assert.Contains(reason, terminal, StringComparison.Ordinal);
        Assert.Contains("blocked in ", terminal, StringComparison.Ordinal);
    }

    private Task<ScriptedSite> SiteAsync(Func<SiteRequest, SiteAnswer?> answer, bool sitemap = true) => ScriptedSite.StartAsync(new ScriptedSiteOptions
    {
        Pages = Pages,
        Sitemap = sitemap,
        Answer = request => request.Path is "/robots.txt" or "/sitemap.xml" || _isOver ? null : answer(request),
    });

    /// <summary>So many pages are answered well, and then none any more.</summary>
    private Func<SiteRequest, SiteAnswer?> From(int pages, SiteAnswer then) => _ => Volatile.Read(ref _wellAnswered) < pages ? Well() : then;

    private SiteAnswer? Well()
    {
        Interlocked.Increment(ref _wellAnswered);
        return null;
    }

    // A command that comes too early finds the job parked still, and says so.
    private static async Task<(int Exit, JsonObject Sums)> ResumedAsync(BlockedCrawl crawl, ScriptedSite site)
    {
        while (true)
        {
            var (exit, sums) = await crawl.RunAsync(site);
            if ((string)sums["state"]! != "parked") return (exit, sums);
        }
    }
}
