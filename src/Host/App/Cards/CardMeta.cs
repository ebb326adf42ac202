using Amble.App.Pages;
using Amble.Behaviours.Cards;

namespace Amble.App.Cards;

/// <summary>What a page tells those who show a link to it: Open Graph (ogp.me), and the same for X, formerly Twitter.</summary>
/// <param name="Origin">Scheme and host that the page was asked for at: a picture's address must be whole.</param>
/// <param name="Path">The page's own address there.</param>
/// <param name="Hash">The card; null shows none.</param>
public sealed record CardMeta(string Origin, string Path, string? Hash)
{
    /// <param name="alt">What the card says, for who does not see it.</param>
    public Html Write(string title, string description, string alt)
    {
        var picture = Hash is null ? Html.Of($"""<meta name="twitter:card" content="summary">""") : Html.Of($"""
            <meta property="og:image" content="{Origin}/cards/{Hash}.png">
            <meta property="og:image:type" content="image/png">
            <meta property="og:image:width" content="{CoveragePlane.Width.ToString()}">
            <meta property="og:image:height" content="{CoveragePlane.Height.ToString()}">
            <meta property="og:image:alt" content="{alt}">
            <meta name="twitter:card" content="summary_large_image">
            <meta name="twitter:image" content="{Origin}/cards/{Hash}.png">
            <meta name="twitter:image:alt" content="{alt}">
            """);
        return Html.Of($"""
            <meta property="og:type" content="website">
            <meta property="og:site_name" content="Amble">
            <meta property="og:url" content="{Origin}{Path}">
            <meta property="og:title" content="{title}">
            <meta property="og:description" content="{description}">
            <meta name="description" content="{description}">
            {picture}
            """);
    }
}
