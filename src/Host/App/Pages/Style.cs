namespace Amble.App.Pages;

/// <summary>The one style sheet.</summary>
public static class Style
{
    public static StaticFile File { get; } = StaticFile.Load("style.css", "text/css; charset=utf-8");

    public static string Url => File.Url;
}
