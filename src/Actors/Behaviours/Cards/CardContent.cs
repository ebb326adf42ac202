namespace Amble.Behaviours.Cards;

/// <summary>What a card is about, in numbers; <see cref="CardFace.Of"/> says what of it is printed.</summary>
/// <param name="Host">The host as people write it; strangers' text.</param>
public abstract record CardContent(string Host);

/// <summary>
/// A page. Only what seldom changes is on its card, so that it is drawn again when its views label changes (SEEDS D-4) and never because
/// another crawl measured another time.
/// </summary>
/// <param name="Path">Path and query of its URL.</param>
/// <param name="Title">Its title; without one the path stands in its place.</param>
/// <param name="Views">How often its result page was looked at; null prints no label.</param>
public sealed record PageContent(string Host, string Path, string? Title, long? Views) : CardContent(Host);

/// <summary>A site, by its last finished job.</summary>
/// <param name="Pages">Visits by status class.</param>
/// <param name="Slowest">The slowest page's response time; null where none was measured.</param>
/// <param name="Views">How often its result page was looked at; null prints no label.</param>
public sealed record SiteContent(string Host, PageCounts Pages, TimeSpan? Slowest, DateOnly Date, long? Views) : CardContent(Host);

/// <summary>One job.</summary>
/// <param name="Pages">Visits by status class.</param>
/// <param name="Slowest">The slowest page's response time; null where none was measured.</param>
/// <param name="Date">The day on which it ended, in UTC.</param>
public sealed record JobContent(string Host, PageCounts Pages, TimeSpan? Slowest, DateOnly Date) : CardContent(Host);

/// <summary>Visits by their status class.</summary>
public readonly record struct PageCounts(long Ok, long Redirected, long Refused, long Broken, long Unknown)
{
    public long All => Ok + Redirected + Refused + Broken + Unknown;
}
