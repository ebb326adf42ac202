using Amble.App.Http;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;
using PageContent = Amble.Behaviours.Cards.PageContent;

namespace Amble.App.Cards;

/// <summary>
/// Cards as the doors see them: which one a page shows, and their pictures. A page reads one row and offers what is missing; it draws
/// nothing, writes nothing and waits for nobody (D-1). Until a card is there, one that fits every page stands in for it; it is drawn once,
/// beside the start.
/// </summary>
public sealed class CardDoor
{
    /// <summary>What stands in for a card that is not drawn yet.</summary>
    public static readonly CardContent Generic = new PageContent("Amble", "/", "How is your website, page by page?", null);

    private readonly INode _node;
    private readonly CardCache _cache;
    private readonly Task<(string Hash, byte[] Png)?> _generic;

    public CardDoor(ServeNode served)
    {
        _node = served.Node;
        _cache = new CardCache(served.Settings.Cards.CacheEntries, served.Settings.Cards.Cache);
        _generic = Task.Run(() => DrawGenericAsync(served.Artist));
    }

    /// <summary>What is kept in memory, and how often it was enough.</summary>
    public CardCache Cache => _cache;

    /// <summary>What the page that is asked for shows of this thing's card.</summary>
    /// <inheritdoc cref="Show(CardSubject?, bool)" />
    public CardMeta Meta(HttpContext http, CardSubject? subject, bool isReady) => new($"{http.Request.Scheme}://{http.Request.Host}", http.Request.Path, Show(subject, isReady));

    /// <summary>The hash of the card that a page of this thing shows; null when there is none to show, as where nothing can draw.</summary>
    /// <param name="subject">Null for what is not known to the store.</param>
    /// <param name="isReady">There is something to draw: else no card is asked for.</param>
    public string? Show(CardSubject? subject, bool isReady)
    {
        var standing = subject is { } known ? _node.CardReads.ReadStanding(known) : null;
        if (standing?.Hash is { } hash) return hash;
        if (isReady && subject is { } missing) _node.Runtime.Cards.Offer(missing);
        return _generic is { IsCompletedSuccessfully: true, Result: { } generic } ? generic.Hash : null;
    }

    /// <summary>A card's picture; null when there is no such card.</summary>
    public byte[]? Read(string hash)
    {
        if (_generic is { IsCompletedSuccessfully: true, Result: { } generic } && generic.Hash == hash) return generic.Png;
        if (_cache.Find(hash) is { } kept) return kept;
        if (_node.CardReads.ReadCard(hash) is not { } png) return null;
        _cache.Add(hash, png);
        return png;
    }

    private static async Task<(string, byte[])?> DrawGenericAsync(Task<ICardArtist?> opening)
    {
        try
        {
            return await opening is { } artist ? (artist.KeyOf(Generic).Text, artist.Draw(Generic, CancellationToken.None)) : null;
        }
        // The edge of a drawing: without this picture pages show none, and all else is as it was.
        catch (Exception fault)
        {
            Wiring.TellSurprise("the generic card", fault);
            return null;
        }
    }
}
