using Amble.Browser.Specs.Judging;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Browser.Specs;

/// <summary>The page of a job under way: it shows what happens while it happens, and says when it could not.</summary>
[Collection(InChromium.Name)]
public sealed class LiveJobSpecs(Chromium chromium) : IAsyncLifetime
{
    private const string Ok = "[data-live=ok]";
    private const string Broken = "[data-live=broken]";
    private const string Status = "[data-live=status]";
    private const string Found = "[data-live=visits] li";
    private const string StillTheSamePage = "window.before === true";

    private ServedStore _served = null!;
    private JobId _job;

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync(("AMBLE_LIVE__MOSTVISITS", "3"));
        _job = _served.Store.Create();
        _served.Store.Find(_job, Home, [.. Enumerable.Range(1, 20).Select(i => Url($"/{i}"))]);
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task Numbers_change_without_loading_the_page_anew_and_the_end_loads_it_once()
    {
        await using var tab = await OpenAsync(Screen.Desktop);

        Visit("/1", StatusClass.Ok, 200);
        Visit("/2", StatusClass.Broken, 404);
        await tab.UntilWordsAsync(Ok, "1");
        await tab.UntilWordsAsync(Broken, "1");
        await tab.UntilWordsAsync(Found, "broken 404 http://a.test/2 linked from http://a.test/");
        Assert.True(await tab.AskAsync<bool>(StillTheSamePage));
        Assert.Equal(("2", "20"), ((await tab.WordsAsync("[data-live=done]"))[0], (await tab.WordsAsync("[data-live=pending]"))[0]));
        Assert.Equal("2 of 22", await tab.AskAsync<string>("(bar => `${bar.value} of ${bar.max}`)(document.querySelector('progress'))"));
        Assert.True(await tab.AskAsync<bool>("document.querySelector('[data-live=broken]').closest('.bad') !== null"));
        await tab.PictureAsync("live-desktop");
        await Judge.AssertGoodAsync(tab);
        await Judge.AssertKeyboardAsync(tab);

        _served.Store.Commit<WriterProtocol.JobStateSet>(new WriterProtocol.SetJobState(_job, JobState.Parked, "The site asks for peace.", After(9_000), After(50)));
        await tab.UntilWordsAsync("[data-live=state]", "parked");
        Assert.True(await tab.AskAsync<bool>(StillTheSamePage));
        _served.Store.End(_job, JobState.Cancelled, at: 100);
        await tab.UntilAsync("window.before !== true && document.querySelector('.chip')?.textContent === 'cancelled'");
        Assert.False(await tab.AskAsync<bool>("document.querySelector('[data-events]') !== null"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_happened_while_the_connection_was_lost_is_told_after_it()
    {
        await using var tab = await OpenAsync(Screen.Phone);
        Visit("/1", StatusClass.Broken, 404);
        await tab.UntilWordsAsync(Found, "http://a.test/1");

        await _served.StopAsync();
        await tab.UntilWordsAsync(Status, "Connection lost. Trying again.");
        Visit("/2", StatusClass.Refused, 403);
        await _served.StartAgainAsync();

        await tab.UntilWordsAsync(Found, "refused 403 http://a.test/2");
        await tab.UntilWordsAsync(Status, "Connected again.");
        Assert.Equal(2, (await tab.WordsAsync(Found)).Length);
        Assert.True(await tab.AskAsync<bool>(StillTheSamePage));
        await tab.PictureAsync("live-phone");
        Assert.Empty(await Judge.FaultsAsync(tab, "width"));
    }

    [Fact]
    public async Task What_was_too_much_to_be_told_is_said_to_be_left_out()
    {
        await using var tab = await OpenAsync(Screen.Desktop with { IsDark = true });
        Visit("/1", StatusClass.Ok, 200);
        await tab.UntilWordsAsync(Ok, "1");

        await _served.StopAsync();
        for (var i = 2; i < 9; i++) Visit($"/{i}", StatusClass.Broken, 404);
        await _served.StartAgainAsync();

        await tab.UntilWordsAsync(Broken, "7");
        await tab.UntilWordsAsync(Status, "Some of what happened meanwhile is not listed here");
        Assert.Equal("/8 /7 /6", string.Join(' ', (await tab.WordsAsync(Found)).Select(words => words.Split("a.test")[1].Split(' ')[0])));
        Assert.Empty(await Judge.FaultsAsync(tab, "contrast"));
        await tab.PictureAsync("live-gap-dark");
    }

    [Fact]
    public async Task A_crawl_is_followed_from_its_first_page_to_its_end()
    {
        await using var site = await ScriptedSite.StartAsync(new ScriptedSiteOptions { Pages = 60, BrokenLinks = 3, Latency = TimeSpan.FromMilliseconds(60) });
        _served.Runtime.Start();
        var made = await _served.Runtime.CreateAsync(new NewJob(PageUrl.FromStored(site.UrlByAddress()), JobLimits.None, 2, true, false), CancellationToken.None);
        await using var tab = await OpenAsync(Screen.Desktop, made.Id);

        await tab.UntilAsync("Number(document.querySelector('[data-live=ok]')?.textContent) > 5");
        Assert.True(await tab.AskAsync<bool>(StillTheSamePage));
        await tab.UntilAsync("window.before !== true && document.querySelector('.chip')?.textContent === 'completed'");
        Assert.Contains("/missing/1", await tab.AskAsync<string>("document.body.innerText"), StringComparison.Ordinal);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_page_that_nobody_sees_lets_go_and_goes_on_where_it_was()
    {
        await using var tab = await OpenAsync(Screen.Desktop);
        Visit("/1", StatusClass.Broken, 404);
        await tab.UntilWordsAsync(Found, "http://a.test/1");
        await tab.AskAsync<bool>(Seen(false));
        Visit("/2", StatusClass.Broken, 404);

        var asked = tab.Page.WaitForRequestAsync(request => request.Url.Contains("/events", StringComparison.Ordinal));
        await tab.AskAsync<bool>(Seen(true));

        Assert.Contains("lastEventId=1-", (await asked).Url, StringComparison.Ordinal);
        await tab.UntilWordsAsync(Found, "http://a.test/2");
        Assert.Equal(2, (await tab.WordsAsync(Found)).Length);

        static string Seen(bool seen) =>
            $"Object.defineProperty(document, 'hidden', {{ value: {(seen ? "false" : "true")}, configurable: true }}) && document.dispatchEvent(new Event('visibilitychange'))";
    }

    [Fact]
    public async Task A_server_without_a_place_is_asked_again_later_and_the_page_can_be_read_meanwhile()
    {
        await using var full = await ServedStore.StartAsync(("AMBLE_LIVE__CONNECTIONS", "0"));
        var job = full.Store.Create();
        await using var tab = await chromium.OpenAsync(Screen.Desktop);
        await tab.GoAsync(full.Url($"/jobs/{job}"));

        await tab.UntilWordsAsync(Status, "Connection lost. Trying again.");
        Assert.Equal(["0"], await tab.WordsAsync(Ok));
    }

    private async Task<Tab> OpenAsync(Screen screen, JobId? job = null)
    {
        var tab = await chromium.OpenAsync(screen);
        await tab.GoAsync(_served.Url($"/jobs/{job ?? _job}"));
        await tab.AskAsync<bool>("window.before = true");
        return tab;
    }

    private void Visit(string path, StatusClass @class, int status) => _served.Store.Commit<WriterProtocol.UnitClosed>(_served.Store.Visited(_job, Url(path), @class, status));
}
