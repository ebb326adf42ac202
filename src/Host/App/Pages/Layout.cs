namespace Amble.App.Pages;

/// <summary>What all pages share: the head, the way around, the foot.</summary>
public static class Layout
{
    /// <param name="refreshSeconds">The page is under way: the browser asks again, without any script.</param>
    /// <param name="events">Where the events are of what the page shows: with a script it follows them, and is asked for again only without one.</param>
    /// <param name="meta">What the page tells those who show a link to it.</param>
    public static string Write(string title, Html content, int? refreshSeconds = null, string? events = null, Html meta = default)
    {
        var refresh = refreshSeconds is { } seconds ? Html.Of($"""<meta http-equiv="refresh" content="{seconds}">""") : Html.None;
        var head = events is null ? refresh : Html.Of($"""<noscript>{refresh}</noscript><script src="{Script.File.Url}" defer></script>""");
        var follows = events is null ? Html.None : Html.Of($""" data-events="{events}" """);
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            {head}
            <title>{title} · Amble</title>
            {meta}
            <link rel="stylesheet" href="{Style.Url}">
            <link rel="icon" href="{Icon.File.Url}" type="image/svg+xml">
            </head>
            <body>
            <a class="skip" href="#main">Skip to content</a>
            <header class="top"><div class="wrap"><a class="name" href="/">Amble</a><nav aria-label="Main"><a href="/">Jobs</a><a href="/bot">About the bot</a></nav></div></header>
            <main id="main" class="wrap"{follows}>
            {content}
            </main>
            <footer><div class="wrap">Amble walks websites at the pace they can bear.</div></footer>
            </body>
            </html>
            """).ToString();
    }
}
