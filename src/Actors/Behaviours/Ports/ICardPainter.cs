namespace Amble.Behaviours.Ports;

/// <summary>Draws cards, 1200×630 pixels (D-9+). Called on any thread, on several at once.</summary>
public interface ICardPainter
{
    /// <summary>"skia", "pango", or a fake's; part of a card's key.</summary>
    string Name { get; }

    /// <summary>Of what is drawn where, fonts and encoder included; part of a card's key. It grows whenever the same content makes another picture.</summary>
    int LayoutVersion { get; }

    /// <summary>The card as a PNG file: the same content gives the same bytes, in any process (D-8+).</summary>
    /// <exception cref="OperationCanceledException">It was stopped in the middle.</exception>
    /// <exception cref="Exception">It cannot be drawn: that card has failed, the next one may well be drawn (D-6).</exception>
    byte[] Draw(CardContent content, CancellationToken stop);
}
