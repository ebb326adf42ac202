using System.Collections.Concurrent;
using Amble.Behaviours.Cards;

namespace Amble.App.Cards;

/// <summary>Draws cards: from what one is about to its file. It may be used from several threads at once and keeps a sheet for each.</summary>
public sealed class CardArtist(ICardPainter painter)
{
    private readonly ConcurrentBag<Sheet> _sheets = [];

    /// <summary>The name of the painter, as health tells it.</summary>
    public string Painter => painter.Name;

    /// <summary>The key of a card, without drawing it.</summary>
    public CardKey KeyOf(CardContent content) => CardKey.Of(CardFace.Of(content), painter.Name);

    public CardPicture Draw(CardContent content)
    {
        var face = CardFace.Of(content);
        var sheet = _sheets.TryTake(out var kept) ? kept : new Sheet(new CoveragePlane(), new CardPixels());
        var palette = CardScene.Paint(face, painter, sheet.Plane, sheet.Pixels);
        var png = PalettePng.Write(sheet.Pixels.Indices, CoveragePlane.Width, CoveragePlane.Height, palette.Colours);
        _sheets.Add(sheet);
        return new CardPicture(CardKey.Of(face, painter.Name), png);
    }

    private sealed record Sheet(CoveragePlane Plane, CardPixels Pixels);
}

/// <param name="Key">What the picture is stored and served under.</param>
/// <param name="Png">1200 × 630 pixels.</param>
public sealed record CardPicture(CardKey Key, byte[] Png);
