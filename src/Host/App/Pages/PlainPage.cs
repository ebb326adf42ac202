namespace Amble.App.Pages;

/// <summary>A page with one sentence.</summary>
public static class PlainPage
{
    public static string Write(string title, string sentence) => Layout.Write(title, Html.Of($"""
        <h1>{title}</h1>
        <p>{sentence}</p>
        <p><a href="/">All jobs</a></p>
        """));
}
