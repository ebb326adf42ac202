namespace Amble.App.Pages;

/// <summary>The one script, for pages that show what happens. They can be read without it.</summary>
public static class Script
{
    public static StaticFile File { get; } = StaticFile.Load("live.js", "text/javascript; charset=utf-8");
}
