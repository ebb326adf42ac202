using Amble.App.Cards;
using Amble.Behaviours.Cards;
using Xunit;

namespace Amble.Host.Specs.Cards;

/// <summary>The painters that are built in, each opened once with the fonts of the product.</summary>
public static class Painters
{
    private static readonly Lazy<ICardPainter> Skia = new(() => SkiaPart.TryOpen(CardPainting.ShippedFonts, out var why) ?? throw new InvalidOperationException(why));
    private static readonly Lazy<ICardPainter> Pango = new(() => PangoPart.TryOpen(CardPainting.ShippedFonts, out var why) ?? throw new InvalidOperationException(why));

    public static IReadOnlyList<string> BuiltIn { get; } = [.. SkiaPart.IsBuiltIn ? ["skia"] : (string[])[], .. PangoPart.IsBuiltIn ? ["pango"] : (string[])[]];

    public static TheoryData<string> Names => [.. BuiltIn];

    public static ICardPainter Of(string name) => name == "skia" ? Skia.Value : Pango.Value;
}
