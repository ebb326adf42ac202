using PuppeteerSharp;
using PuppeteerSharp.Input;
using Xunit;

namespace Amble.Browser.Specs;

/// <summary>One page in a window and with a memory of its own, as a reader has it before them.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private const int MostMilliseconds = 20_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Tab(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, said) => { if (said.Message.Type == ConsoleType.Error) Complain($"{said.Message.Text} {said.Message.Location?.URL}".Trim()); };
        page.PageError += (_, error) => Complain(error.Message);
    }

    public IPage Page { get; }

    /// <summary>What the browser had to say: scripts that failed, and what the content security policy forbade.</summary>
    public IReadOnlyList<string> Complaints { get { lock (_complaints) return [.. _complaints]; } }

    public static async Task<Tab> OpenAsync(IBrowser browser, Screen screen)
    {
        var context = await browser.CreateBrowserContextAsync();
        var page = await context.NewPageAsync();
        page.DefaultTimeout = MostMilliseconds;
        await page.SetViewportAsync(new ViewPortOptions { Width = screen.Width, Height = screen.Height, IsMobile = screen == Screen.Phone });
        await page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = screen.IsDark ? "dark" : "light" }]);
        await page.SetJavaScriptEnabledAsync(!screen.IsWithoutScript);
        return new Tab(context, page);
    }

    public async Task GoAsync(string url) => Assert.True((await Page.GoToAsync(url)).Ok, $"{url} did not answer well.");

    public Task<T> AskAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>The words of all elements of this kind, as they are seen.</summary>
    public Task<string[]> WordsAsync(string selector) =>
        Page.EvaluateFunctionAsync<string[]>("selector => [...document.querySelectorAll(selector)].map(element => element.innerText.trim().replace(/\\s+/g, ' '))", selector);

    /// <summary>Waits until a script's expression is true of the page; it may load anew meanwhile.</summary>
    public Task UntilAsync(string expression) =>
        Page.WaitForFunctionAsync($"() => {expression}", new WaitForFunctionOptions { Timeout = MostMilliseconds });

    /// <summary>Waits until this element's words are so.</summary>
    public Task UntilWordsAsync(string selector, string words) =>
        UntilAsync($"document.querySelector({Quote(selector)})?.innerText.includes({Quote(words)})");

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key, new PressOptions());

    /// <summary>A picture of the whole page into the folder AMBLE_SCREENSHOTS; none without one.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("AMBLE_SCREENSHOTS") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(Path.Combine(folder, name + ".png"), new ScreenshotOptions { FullPage = true });
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private void Complain(string what)
    {
        lock (_complaints) _complaints.Add(what);
    }
}
