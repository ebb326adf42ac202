namespace Amble.Behaviours.Cards;

/// <summary>
/// A card's picture from its face: hills, trail and mark first, then the texts, ink by ink. The trail is a walk: a step left, a step right,
/// along the near hill and over both edges of the card.
/// </summary>
public static class CardScene
{
    private const int MarkLeft = (int)CardLayout.SafeLeft;
    private const int MarkTop = 70;
    private const int MarkSide = 46;
    private const float StepRadius = 9.5f;
    private const float StepAside = 7.5f;

    // The four steps of the program's icon, on a field of 32.
    private static readonly (float X, float Y)[] MarkSteps = [(7, 22), (13, 15), (19, 19), (25, 10)];

    /// <param name="plane">Empty, and empty again afterwards.</param>
    /// <param name="pixels">What is in it is painted over.</param>
    public static CardPalette Paint(CardFace face, ICardPainter painter, CoveragePlane plane, CardPixels pixels)
    {
        var landscape = Landscape.Of(face.Place);
        var palette = new CardPalette(landscape);
        pixels.Clear();
        pixels.Ground(landscape.FarEdge, palette.FarHill);
        pixels.Ground(landscape.NearEdge, palette.NearHill);
        PaintTrail(face.Steps, landscape, palette, pixels);
        PaintMark(palette, pixels);
        foreach (var ink in CardLayout.Of(face, painter.Measure).GroupBy(text => text.Ink))
        {
            painter.Paint([.. ink], plane);
            pixels.Ink(plane, palette.Texts[(int)ink.Key]);
        }
        return palette;
    }

    private static void PaintTrail(string steps, Landscape landscape, CardPalette palette, CardPixels pixels)
    {
        var stride = CoveragePlane.Width / (float)steps.Length;
        for (var i = 0; i < steps.Length; i++)
        {
            var x = (i + 0.5f) * stride;
            var y = landscape.NearEdge(x) + 29 + (i % 2 == 0 ? StepAside : -StepAside);
            if (steps[i] == StepsRule.Here)
            {
                pixels.Disc(x, landscape.NearEdge(x) + 29, StepRadius * 2.1f, palette.Steps[StepsRule.Here]);
                pixels.Disc(x, landscape.NearEdge(x) + 29, StepRadius * 0.9f, palette.OnMark);
            }
            else if (!IsBeside(steps, i))
            {
                pixels.Disc(x, y, StepRadius, palette.Steps[steps[i]]);
            }
        }
    }

    // Where one stands there is no room for another step.
    private static bool IsBeside(string steps, int i) => i > 0 && steps[i - 1] == StepsRule.Here || i + 1 < steps.Length && steps[i + 1] == StepsRule.Here;

    private static void PaintMark(CardPalette palette, CardPixels pixels)
    {
        const float Scale = MarkSide / 32f;
        pixels.Tile(MarkLeft, MarkTop, MarkSide, 7 * Scale, palette.Mark);
        foreach (var (x, y) in MarkSteps) pixels.Disc(MarkLeft + x * Scale, MarkTop + y * Scale, 2.5f * Scale, palette.OnMark);
    }
}
