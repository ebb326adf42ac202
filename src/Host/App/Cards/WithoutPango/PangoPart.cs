using Amble.Behaviours.Cards;

namespace Amble.App.Cards;

/// <summary>Without the part Pango there is no such painter.</summary>
public static class PangoPart
{
    public static bool IsBuiltIn => false;

    public static ICardPainter? TryOpen(string fonts, out string? reason)
    {
        reason = "The part pango is not built in.";
        return null;
    }
}
