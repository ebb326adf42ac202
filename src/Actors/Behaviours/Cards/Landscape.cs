namespace Amble.Behaviours.Cards;

/// <summary>
/// What a card looks like around its words: a colour of its own for each place, and two hills that no other place has just so. It follows
/// from the host alone, so that all cards of a site are seen to belong together.
/// </summary>
/// <param name="Accent">0xRRGGBB, dark enough for text on the paper (WCAG AA).</param>
/// <param name="Far">The far hill.</param>
/// <param name="Near">The near hill, on which the trail runs.</param>
/// <param name="Phase">Where the hills rise, as an angle.</param>
public sealed record Landscape(int Accent, int Far, int Near, float Phase)
{
    private static readonly (int Accent, int Far, int Near)[] Colours =
    [
        (0x0B5C8A, 0xE3EDF3, 0xCFE0EA),
        (0x1F6B4A, 0xE5EFE6, 0xD1E3D5),
        (0x8A5210, 0xF5ECDB, 0xEBDCC0),
        (0x5B4A8C, 0xECE8F3, 0xDDD6EA),
        (0x17656B, 0xE0EFEF, 0xCBE2E2),
        (0x37506B, 0xE8ECF0, 0xD6DDE4),
    ];

    public static Landscape Of(string place)
    {
        // FNV-1a in 32 bits: the same in every process.
        var hash = 0x811C9DC5u;
        foreach (var c in place) hash = unchecked((hash ^ c) * 0x01000193);
        hash ^= hash >> 15;
        var (accent, far, near) = Colours[hash % (uint)Colours.Length];
        return new Landscape(accent, far, near, (hash >> 8 & 0xFF) / 256f * MathF.Tau);
    }

    /// <summary>The far hill's edge, in pixels from above.</summary>
    public float FarEdge(float x) => 531 + 17 * MathF.Sin(x * 0.0047f + Phase) + 7 * MathF.Sin(x * 0.0113f + Phase * 2);

    /// <summary>The near hill's edge; it never reaches the far one's.</summary>
    public float NearEdge(float x) => 569 + 11 * MathF.Sin(x * 0.0061f + Phase * 3 + 2);
}
