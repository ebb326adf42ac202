using Amble.Browser.Specs.Judging;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Browser.Specs;

/// <summary>What strangers write stays words: in the page as it is sent, and in what its script adds.</summary>
[Collection(InChromium.Name)]
public sealed class HostileWordsSpecs(Chromium chromium)
{
    private const string Evil = "\"><img src=x onerror=\"document.title='caught'\"><script>document.title='caught'</script>\u202Etfel";

    [Fact]
    public async Task They_are_shown_as_text_also_while_they_come()
    {
        await using var served = await ServedStore.StartAsync();
        var store = served.Store;
        var job = store.Create();
        store.Commit<WriterProtocol.LinksSaved>(Links(store.Unit(job, Home).Key, [new FoundUrl(Url("/gone"), 1, 0, Evil), new FoundUrl(Url("/slow"), 1, 0, Evil)]));
        store.Commit<WriterProtocol.UnitClosed>(store.Visited(job, Url("/gone"), StatusClass.Broken, 404));
        await using var tab = await chromium.OpenAsync(Screen.Phone);
        await tab.GoAsync(served.Url($"/jobs/{job}"));

        var slow = store.Visited(job, Url("/slow"), StatusClass.Unknown, null);
        store.Commit<WriterProtocol.UnitClosed>(slow with { Visit = slow.Visit with { Error = Evil } });
        await tab.UntilWordsAsync("[data-live=visits] li", "unknown \"><img src=x");

        Assert.Contains("<script>document.title='caught'</script>", (await tab.WordsAsync("td q"))[0], StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', await tab.AskAsync<string>("document.documentElement.outerHTML"));
        Assert.Equal(0, await tab.AskAsync<int>("document.querySelectorAll('main img, main script').length"));
        Assert.DoesNotContain("caught", await tab.Page.GetTitleAsync(), StringComparison.Ordinal);
        await tab.PictureAsync("hostile-phone");
        await Judge.AssertGoodAsync(tab);
    }

    [Fact]
    public async Task Even_markup_that_got_in_could_not_run_or_call_home()
    {
        await using var served = await ServedStore.StartAsync();
        await using var tab = await chromium.OpenAsync(Screen.Desktop);
        await tab.GoAsync(served.Url("/bot"));

        await tab.AskAsync<bool>(
            """
            (() => {
              const script = document.createElement('script');
              script.textContent = "document.title = 'caught'";
              document.body.append(script);
              document.body.insertAdjacentHTML('beforeend', `<p style="color: red" onclick="document.title = 'caught'">Markup</p>`);
              document.querySelector('body > p').click();
              fetch('http://127.0.0.2:9/').catch(() => {});
              return true;
            })()
            """);

        Assert.DoesNotContain("caught", await tab.Page.GetTitleAsync(), StringComparison.Ordinal);
        // The script, the handler, the colour and the call.
        var forbidden = string.Join('\n', tab.Complaints);
        Assert.All(["inline script", "inline event handler", "inline style", "connect-src"], what => Assert.Contains(what, forbidden, StringComparison.Ordinal));
    }
}
