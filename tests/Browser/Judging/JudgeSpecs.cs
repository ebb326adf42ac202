using PuppeteerSharp;
using Xunit;

namespace Amble.Browser.Specs.Judging;

/// <summary>The judge of all pages can tell a bad one.</summary>
[Collection(InChromium.Name)]
public sealed class JudgeSpecs(Chromium chromium)
{
    private static readonly (string Question, string Body, string Fault)[] Bad =
    [
        ("width", "<p style='width: 2000px'>wide</p>", "The page is 2008 wide in 390; what sticks out: <p> 'wide'"),
        ("headings", "<h1>A</h1><h1>B</h1>", "There are 2 h1, not one."),
        ("headings", "<h1>A</h1><h3>B</h3>", "An h3 follows an h1."),
        ("headings", "<h2>A</h2><h1>B</h1>", "The first heading is h2, not h1."),
        ("tables", "<table><tr><th scope=col>A</table>", "<table> 'A' has no caption."),
        ("tables", "<table><caption>A</caption><tr><th>B</table>", "<th> 'B' has no scope."),
        ("tables", "<table><caption>A</caption><tr><td>B</table>", "<table> 'AB' has no header cells."),
        ("labels", "<input name=q placeholder=Search>", "<input> '' named 'q' has no label."),
        ("contrast", "<p style='color: #777; background: #fff'>pale</p>", "<p> 'pale' has a contrast of 4.48."),
        ("contrast", "<div style='background: rgba(0, 0, 0, .5)'><p style='color: #fff'>veiled</p></div>", "<p> 'veiled' has a contrast of 3.98."),
    ];

    [Fact]
    public async Task What_is_wrong_is_said()
    {
        await using var tab = await chromium.OpenAsync(Screen.Phone);
        foreach (var (question, body, fault) in Bad)
        {
            await SetAsync(tab, body);
            Assert.Equal([fault], await Judge.FaultsAsync(tab, question));
        }
    }

    [Fact]
    public async Task What_has_no_name_and_a_focus_that_nobody_sees_are_said()
    {
        await using var tab = await chromium.OpenAsync(Screen.Desktop);
        await SetAsync(tab, "<a href='#' style='outline: none'><svg></svg></a>");

        Assert.Equal(["A link has no name."], await Judge.NamelessAsync(tab));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Judge.AssertKeyboardAsync(tab));
    }

    private static Task SetAsync(Tab tab, string body) =>
        tab.Page.SetContentAsync($"<!doctype html><meta name=viewport content='width=device-width, initial-scale=1'><body>{body}", new SetContentOptions());
}
