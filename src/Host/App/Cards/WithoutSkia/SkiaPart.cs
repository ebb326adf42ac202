using Amble.Behaviours.Cards;

namespace Amble.App.Cards;

/// <summary>Without the part Skia there is no such painter.</summary>
public static class SkiaPart
{
    public static bool IsBuiltIn => false;

    public static ICardPainter? TryOpen(string fonts, out string? reason)
    {
        reason = "The part skia is not built in.";
        return null;
    }
}
