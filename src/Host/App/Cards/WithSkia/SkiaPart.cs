using Amble.Behaviours.Cards;
using Amble.SkiaPainter;

namespace Amble.App.Cards;

/// <summary>The part Skia, built in.</summary>
internal static class SkiaPart
{
    public static ICardPainter? TryOpen(string fonts, out string? reason) => SkiaCardPainter.TryOpen(fonts, out reason);
}
