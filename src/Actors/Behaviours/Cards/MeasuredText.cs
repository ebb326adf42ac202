using System.Globalization;

namespace Amble.Behaviours.Cards;

/// <summary>Which of the two cuts a text is set in.</summary>
public enum TextWeight
{
    /// <summary>Labels, hosts and dates.</summary>
    Medium,

    /// <summary>Titles and numbers.</summary>
    Bold,
}

/// <summary>
/// A text with the width of each of its graphemes (what people count as characters, UAX #29), so that layout can break and cut it without
/// asking again. Glyphs are not hinted, so a width holds for every size.
/// </summary>
public sealed class MeasuredText
{
    private readonly int[] _starts;
    private readonly float[] _edges;
    private readonly bool[]? _missing;

    private MeasuredText(string text, int[] starts, float[] edges, bool[]? missing) => (Text, _starts, _edges, _missing) = (text, starts, edges, missing);

    public string Text { get; }

    /// <summary>How far ink reaches out to the left of where the text begins, in em: the accent before a Greek capital does.</summary>
    public float LeftOverhang { get; init; }

    /// <summary>How far ink reaches out to the right of where the text ends, in em.</summary>
    public float RightOverhang { get; init; }

    /// <summary>How many graphemes it has.</summary>
    public int Count => _starts.Length;

    /// <summary>Whether the painter's fonts lack a glyph for one of them.</summary>
    public bool HasMissing => _missing is not null;

    /// <param name="widths">The advance of each UTF-16 unit in em; a cluster's advance may stand at any of its units.</param>
    /// <param name="missing">For each unit, whether no font has a glyph for it; null when all have.</param>
    public static MeasuredText Of(string text, ReadOnlySpan<float> widths, ReadOnlySpan<bool> missing, float leftOverhang = 0, float rightOverhang = 0)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        var edges = new float[starts.Length + 1];
        bool[]? lacks = null;
        for (var i = 0; i < starts.Length; i++)
        {
            var end = i + 1 < starts.Length ? starts[i + 1] : text.Length;
            var width = 0f;
            for (var at = starts[i]; at < end; at++) width += widths[at];
            edges[i + 1] = edges[i] + width;
            if (!missing.IsEmpty && missing[starts[i]..end].Contains(true)) (lacks ??= new bool[starts.Length])[i] = true;
        }
        return new MeasuredText(text, starts, edges, lacks) { LeftOverhang = Math.Max(0, leftOverhang), RightOverhang = Math.Max(0, rightOverhang) };
    }

    /// <summary>The width of the graphemes from the first to before the last, in em.</summary>
    public float Width(int from, int to) => _edges[to] - _edges[from];

    public float Width() => _edges[^1];

    /// <summary>The width of the whole with what hangs over, in em.</summary>
    public float InkWidth() => LeftOverhang + Width() + RightOverhang;

    public string Slice(int from, int to) => Text[Start(from)..Start(to)];

    public ReadOnlySpan<char> Grapheme(int index) => Text.AsSpan(Start(index)..Start(index + 1));

    /// <summary>The text without the graphemes that no font can draw: nothing is better than a box.</summary>
    public string WithoutMissing() =>
        _missing is not { } missing ? Text : CardWords.Clean(string.Concat(Enumerable.Range(0, Count).Where(i => !missing[i]).Select(i => Slice(i, i + 1))));

    private int Start(int index) => index < _starts.Length ? _starts[index] : Text.Length;
}
