namespace Amble.Behaviours.Cards;

/// <summary>
/// What a painter paints on: one byte a pixel, 0 for no ink and 255 for full ink, row by row without padding. 1200 × 630, the size that
/// Open Graph and Twitter show a large card in.
/// </summary>
public sealed class CoveragePlane
{
    public const int Width = 1200;
    public const int Height = 630;

    public byte[] Pixels { get; } = new byte[Width * Height];

    public void Clear() => Array.Clear(Pixels);
}
