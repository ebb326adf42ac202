using PuppeteerSharp;
using Xunit;

namespace Amble.Browser.Specs;

/// <summary>The one browser of a run: started empty, spoken to through a pipe, so that it ends with this process whatever happens.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Usual = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("amble-browser-");
    private IBrowser? _browser;

    public async Task InitializeAsync() => _browser = await Puppeteer.LaunchAsync(new LaunchOptions
    {
        ExecutablePath = Find(),
        Headless = true,
        Pipe = true,
        UserDataDir = _profile.FullName,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        ],
    });

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _profile.Delete(recursive: true);
    }

    internal Task<Tab> OpenAsync(Screen screen) => Tab.OpenAsync(_browser!, screen);

    // The script `test` looks in the same places.
    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var candidates = Environment.GetEnvironmentVariable("CHROME_PATH") is { Length: > 0 } named
            ? [named] : folders.SelectMany(folder => Usual.Select(name => Path.Combine(folder, name)));
        return candidates.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            "These tests need Chromium and there is none: install the package chromium (Debian: apt-get install chromium), or name one with CHROME_PATH.");
    }
}

/// <summary>All specs share the browser, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class InChromium : ICollectionFixture<Chromium>
{
    public const string Name = "in Chromium";
}
