using Amble.Behaviours.Cards;

namespace Amble.App.Cards;

/// <summary>Without the part Skia.</summary>
internal static class SkiaPart
{
    public static ICardPainter? TryOpen(string fonts, out string? reason)
    {
        reason = "The part skia is not built in.";
        return null;
    }
}
