using Amble.Behaviours.Cards;

namespace Amble.App.Cards;

/// <summary>Without the part Pango.</summary>
internal static class PangoPart
{
    public static ICardPainter? TryOpen(string fonts, out string? reason)
    {
        reason = "The part pango is not built in.";
        return null;
    }
}
