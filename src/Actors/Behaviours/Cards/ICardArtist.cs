namespace Amble.Behaviours.Cards;

/// <summary>Draws cards, from what one is about to its file. Called on any thread, on several at once.</summary>
public interface ICardArtist
{
    /// <summary>The name of the painter: skia, pango, or a fake's.</summary>
    string Painter { get; }

    /// <summary>The key of a card, without drawing it.</summary>
    CardKey KeyOf(CardContent content);

    /// <summary>The card as a PNG file; the same content gives the same bytes, in any process (D-8+).</summary>
    /// <exception cref="OperationCanceledException">It was stopped in the middle.</exception>
    /// <exception cref="Exception">It cannot be drawn: that card has failed, the next one may well be drawn (D-6).</exception>
    byte[] Draw(CardContent content, CancellationToken stop);
}
