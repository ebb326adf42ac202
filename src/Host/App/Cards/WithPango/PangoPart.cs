using Amble.Behaviours.Cards;
using Amble.PangoPainter;

namespace Amble.App.Cards;

/// <summary>The part Pango, built in: the painter, or why it cannot be opened here.</summary>
public static class PangoPart
{
    public static bool IsBuiltIn => true;

    public static ICardPainter? TryOpen(string fonts, out string? reason) => PangoCardPainter.TryOpen(fonts, out reason);
}
