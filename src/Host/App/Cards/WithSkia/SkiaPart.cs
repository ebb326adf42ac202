using Amble.Behaviours.Cards;
using Amble.SkiaPainter;

namespace Amble.App.Cards;

/// <summary>The part Skia, built in: the painter, or why it cannot be opened here.</summary>
public static class SkiaPart
{
    public static bool IsBuiltIn => true;

    public static ICardPainter? TryOpen(string fonts, out string? reason) => SkiaCardPainter.TryOpen(fonts, out reason);
}
