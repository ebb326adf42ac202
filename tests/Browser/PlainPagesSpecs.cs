using Amble.Browser.Specs.Judging;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Browser.Specs;

/// <summary>Pages that stand still, on every screen.</summary>
[Collection(InChromium.Name)]
public sealed class PlainPagesSpecs(Chromium chromium) : IAsyncLifetime
{
    private ServedStore _served = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync();
        var job = _served.Store.Create();
        _served.Store.Find(job, Home, Url("/gone"), Url("/" + new string('x', 300)));
        _served.Store.Commit<WriterProtocol.UnitClosed>(_served.Store.Visited(job, Url("/gone"), StatusClass.Broken, 404));
        // Refused, left alone, and asked again: all that the picture of its politeness draws.
        foreach (var (at, status) in new[] { (21, 200), (22, 429), (35, 200), (36, 200), (37, 200), (38, 200), (39, 200) })
            _served.Store.Commit<WriterProtocol.RobotsSaved>(new WriterProtocol.SaveRobots(Domain, null, new RequestMade(job, null, RequestKind.Robots, After(at), 40, status), Memory(at), After(at)));
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Theory]
    [InlineData("home", "/")]
    [InlineData("bot", "/bot")]
    [InlineData("site", "/sites/a.test")]
    [InlineData("politeness", "/jobs/1/politeness")]
    public async Task Everybody_can_use_it_on_every_screen(string name, string path)
    {
        foreach (var (kind, screen) in new[] { ("desktop", Screen.Desktop), ("phone", Screen.Phone), ("dark", Screen.Desktop with { IsDark = true }) })
        {
            await using var tab = await chromium.OpenAsync(screen);
            await tab.GoAsync(_served.Url(path));

            await tab.PictureAsync($"{name}-{kind}");
            await Judge.AssertGoodAsync(tab);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/bot")]
    [InlineData("/sites/a.test")]
    [InlineData("/jobs/1/politeness")]
    public async Task All_of_it_can_be_reached_by_the_keyboard(string path)
    {
        await using var tab = await chromium.OpenAsync(Screen.Phone);
        await tab.GoAsync(_served.Url(path));

        await Judge.AssertKeyboardAsync(tab);
    }
}
