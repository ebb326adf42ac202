namespace Amble.App.Pages;

/// <summary>What browsers show beside a page's title; without one they ask for it at every page.</summary>
public static class Icon
{
    public static StaticFile File { get; } = StaticFile.Load("icon.svg", "image/svg+xml");
}
