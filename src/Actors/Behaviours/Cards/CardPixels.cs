namespace Amble.Behaviours.Cards;

/// <summary>A picture under way: an index of the palette for each pixel, and the few shapes that a card has, with soft edges.</summary>
public sealed class CardPixels
{
    private const int Width = CoveragePlane.Width;
    private const int Height = CoveragePlane.Height;

    /// <summary>Row by row, one byte a pixel.</summary>
    public byte[] Indices { get; } = new byte[Width * Height];

    public void Clear() => Array.Clear(Indices);

    /// <summary>Everything below an edge.</summary>
    public void Ground(Func<float, float> edge, byte[] ramp)
    {
        var edges = new float[Width];
        for (var x = 0; x < Width; x++) edges[x] = edge(x + 0.5f);
        var (first, last) = ((int)edges.Min(), Math.Min(Height, (int)MathF.Ceiling(edges.Max()) + 1));
        for (var y = first; y < last; y++)
        {
            var row = Indices.AsSpan(y * Width, Width);
            for (var x = 0; x < Width; x++)
                if (y + 1 > edges[x]) row[x] = ramp[Coverage(y + 1 - edges[x])];
        }
        Indices.AsSpan(last * Width).Fill(ramp[255]);
    }

    public void Disc(float left, float top, float radius, byte[] ramp)
    {
        for (var y = Math.Max(0, (int)(top - radius - 1)); y < Math.Min(Height, top + radius + 1); y++)
        {
            for (var x = Math.Max(0, (int)(left - radius - 1)); x < Math.Min(Width, left + radius + 1); x++)
            {
                var (dx, dy) = (x + 0.5f - left, y + 0.5f - top);
                var coverage = Coverage(radius - MathF.Sqrt(dx * dx + dy * dy) + 0.5f);
                if (coverage > 0) Indices[y * Width + x] = ramp[coverage];
            }
        }
    }

    /// <summary>A square with round corners.</summary>
    public void Tile(int left, int top, int side, float radius, byte[] ramp)
    {
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var dx = MathF.Max(0, MathF.Abs(x + 0.5f - side / 2f) - (side / 2f - radius));
                var dy = MathF.Max(0, MathF.Abs(y + 0.5f - side / 2f) - (side / 2f - radius));
                var coverage = Coverage(radius - MathF.Sqrt(dx * dx + dy * dy) + 0.5f);
                if (coverage > 0) Indices[(top + y) * Width + left + x] = ramp[coverage];
            }
        }
    }

    /// <summary>Takes over the ink of a plane and leaves the plane empty.</summary>
    public void Ink(CoveragePlane plane, byte[] ramp)
    {
        var ink = plane.Pixels.AsSpan();
        var at = 0;
        while (ink[at..].IndexOfAnyExcept((byte)0) is var next and >= 0)
        {
            at += next;
            for (; at < ink.Length && ink[at] != 0; at++)
            {
                Indices[at] = ramp[ink[at]];
                ink[at] = 0;
            }
        }
    }

    private static int Coverage(float share) => (int)(Math.Clamp(share, 0, 1) * 255 + 0.5f);
}
