using Amble.Browser.Specs.Judging;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Browser.Specs;

/// <summary>Whoever runs no scripts reads the same pages; the browser itself asks for them again.</summary>
[Collection(InChromium.Name)]
public sealed class WithoutScriptSpecs(Chromium chromium)
{
    [Fact]
    public async Task The_page_of_a_job_under_way_loads_itself_anew()
    {
        await using var served = await ServedStore.StartAsync();
        var job = served.Store.Create();
        served.Store.Find(job, Home, Url("/gone"));
        await using var tab = await chromium.OpenAsync(Screen.Phone with { IsWithoutScript = true });
        await tab.GoAsync(served.Url($"/jobs/{job}"));
        Assert.Equal(["0"], await tab.WordsAsync("[data-live=broken]"));
        Assert.False(await tab.AskAsync<bool>("document.querySelector('[data-live=found]').checkVisibility()"));

        var loaded = tab.Page.WaitForNavigationAsync();
        served.Store.Commit<WriterProtocol.UnitClosed>(served.Store.Visited(job, Url("/gone"), StatusClass.Broken, 404));
        await loaded;

        Assert.Equal(["1"], await tab.WordsAsync("[data-live=broken]"));
        Assert.Empty(await Judge.FaultsAsync(tab, "width"));
        Assert.Empty(tab.Complaints);
    }
}
