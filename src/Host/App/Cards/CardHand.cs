using Amble.Behaviours.Cards;

namespace Amble.App.Cards;

/// <summary>This build's painter, as the pipeline wants one. A drawing is too short to be stopped in the middle.</summary>
public sealed class CardHand : ICardArtist
{
    private readonly CardArtist _artist;

    private CardHand(CardArtist artist) => _artist = artist;

    /// <summary>Null when nothing can draw.</summary>
    public static async Task<ICardArtist?> OpenAsync(CardPainting painting) => await painting.ArtistAsync() is { } artist ? new CardHand(artist) : null;

    public string Painter => _artist.Painter;

    public CardKey KeyOf(CardContent content) => _artist.KeyOf(content);

    public byte[] Draw(CardContent content, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return _artist.Draw(content).Png;
    }
}
