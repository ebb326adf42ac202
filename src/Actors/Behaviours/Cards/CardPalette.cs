namespace Amble.Behaviours.Cards;

/// <summary>
/// The colours of a card. Each ink lies on one known ground, so a pixel is the index of a ramp from that ground to the ink, and a card is a
/// palette picture without ever having been a full-colour one: encoding, which dominates, sees one byte a pixel.
/// </summary>
public sealed class CardPalette
{
    public const byte Paper = 0;
    public const byte Far = 1;
    public const byte Near = 2;

    private const int PaperColour = 0xFBFBF9;
    private const int White = 0xFFFFFF;

    /// <summary>Steps from ground to ink; with more no eye sees a difference, and the file grows.</summary>
    private const int TextLevels = 15;
    private const int ShapeLevels = 7;

    private readonly List<int> _colours;

    public CardPalette(Landscape landscape)
    {
        _colours = [PaperColour, landscape.Far, landscape.Near];
        Texts =
        [
            Ramp(PaperColour, 0x1B2126, TextLevels), Ramp(PaperColour, 0x5A656E, TextLevels), Ramp(PaperColour, 0xB3321F, TextLevels), Ramp(PaperColour, landscape.Accent, TextLevels),
        ];
        FarHill = Ramp(PaperColour, landscape.Far, ShapeLevels);
        NearHill = Ramp(landscape.Far, landscape.Near, ShapeLevels);
        Mark = Ramp(PaperColour, landscape.Accent, ShapeLevels);
        OnMark = Ramp(landscape.Accent, White, ShapeLevels);
        var steps = new (char Letter, int Colour)[]
        {
            (StepsRule.Ok, 0x2F8F83), (StepsRule.Redirected, 0x6F90C4), (StepsRule.Refused, 0xE0A02A), (StepsRule.Broken, 0xC8402A), (StepsRule.Unknown, 0x98A1A7),
            (StepsRule.Plain, Blend(landscape.Near, landscape.Accent, 0.45f)), (StepsRule.Here, landscape.Accent),
        };
        Steps = steps.ToDictionary(step => step.Letter, step => Ramp(landscape.Near, step.Colour, ShapeLevels));
    }

    /// <summary>0xRRGGBB by index; at most 256.</summary>
    public IReadOnlyList<int> Colours => _colours;

    /// <summary>For each <see cref="CardInk"/>, the index for each coverage; no coverage is not drawn.</summary>
    public IReadOnlyList<byte[]> Texts { get; }

    public byte[] FarHill { get; }

    public byte[] NearHill { get; }

    public byte[] Mark { get; }

    public byte[] OnMark { get; }

    public IReadOnlyDictionary<char, byte[]> Steps { get; }

    private byte[] Ramp(int ground, int ink, int levels)
    {
        var none = (byte)IndexOf(ground);
        var level = new byte[levels];
        for (var i = 0; i < levels; i++) level[i] = (byte)IndexOf(Blend(ground, ink, (i + 1f) / levels));
        var map = new byte[256];
        for (var coverage = 0; coverage < 256; coverage++)
        {
            var step = (coverage * levels + 127) / 255;
            map[coverage] = step == 0 ? none : level[step - 1];
        }
        return map;
    }

    private int IndexOf(int colour)
    {
        var known = _colours.IndexOf(colour);
        if (known >= 0) return known;
        _colours.Add(colour);
        return _colours.Count - 1;
    }

    private static int Blend(int ground, int ink, float share)
    {
        int Part(int shift) => (int)MathF.Round((ground >> shift & 0xFF) + ((ink >> shift & 0xFF) - (ground >> shift & 0xFF)) * share) << shift;
        return Part(16) | Part(8) | Part(0);
    }
}
