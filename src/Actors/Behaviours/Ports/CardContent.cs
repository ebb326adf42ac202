namespace Amble.Behaviours.Ports;

/// <summary>
/// All that is drawn on a card, as it is printed: a painter measures and cuts, and words nothing by itself. Equal content is an equal
/// picture, so nothing stands here that is not drawn. Titles and addresses are strangers' text as it came.
/// </summary>
public abstract record CardContent
{
    private protected CardContent()
    {
    }
}

/// <summary>How a card looks at what it tells.</summary>
public enum CardTone { Calm = 0, Good = 1, Warn = 2, Bad = 3 }

/// <summary>The card of one URL. It has no date: it is drawn anew when what it prints changes, not when time passes (D-4).</summary>
/// <param name="Title">The page's title; its address where it has none.</param>
/// <param name="Address">Host and path, without the scheme.</param>
/// <param name="Verdict">What became of it, in a few words: "It can be read."</param>
/// <param name="Views">How often its page here was looked at, as "900+ views"; empty when never.</param>
public sealed record PageCard(string Title, string Address, string Verdict, CardTone Tone, string Views) : CardContent;

/// <summary>The card of one domain: how its newest crawl that has ended went.</summary>
/// <param name="Site">The domain's name.</param>
/// <param name="Verdict">In a few words: "3 pages cannot be reached."</param>
/// <param name="Score">0 to 100: the share of its pages that can be read; null when nothing can be said.</param>
/// <param name="Pages">How many were asked for, as "12,340".</param>
/// <param name="Broken">How many cannot be reached, the same way.</param>
/// <param name="Slowest">The slowest page's time, as "1.2 s"; empty when there is none.</param>
/// <param name="Date">Of the crawl's end, as "26 Nov 2026".</param>
/// <param name="Views">As of a page.</param>
public sealed record SiteCard(string Site, string Verdict, CardTone Tone, int? Score, string Pages, string Broken, string Slowest, string Date, string Views) : CardContent;

/// <summary>The card of one crawl.</summary>
/// <param name="Name">"Crawl 12".</param>
/// <param name="Site">The domain that it began on.</param>
/// <param name="Verdict">In a few words: "All is well."</param>
/// <param name="Score">0 to 100: the share of its pages that can be read; null when nothing can be said.</param>
/// <param name="Pages">How many were asked for, as "12,340".</param>
/// <param name="Broken">How many cannot be reached, the same way.</param>
/// <param name="Slowest">The slowest page's time, as "1.2 s"; empty when there is none.</param>
/// <param name="Date">Of its end, as "26 Nov 2026"; empty while it is under way.</param>
/// <param name="Views">As of a page.</param>
public sealed record JobCard(string Name, string Site, string Verdict, CardTone Tone, int? Score, string Pages, string Broken, string Slowest, string Date, string Views) : CardContent;
