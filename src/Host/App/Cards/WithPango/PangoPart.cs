using Amble.Behaviours.Cards;
using Amble.PangoPainter;

namespace Amble.App.Cards;

/// <summary>The part Pango, built in.</summary>
internal static class PangoPart
{
    public static ICardPainter? TryOpen(string fonts, out string? reason) => PangoCardPainter.TryOpen(fonts, out reason);
}
