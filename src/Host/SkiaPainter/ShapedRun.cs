using System.Globalization;
using Amble.Behaviours.Cards;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Amble.SkiaPainter;

/// <summary>A part of a line in one font, one script and one direction, shaped: its glyphs stand from left to right.</summary>
internal sealed record ShapedRun(SkiaFont Font, byte Level, ShapedGlyph[] Glyphs)
{
    /// <summary>The runs of a line in the order in which they are read.</summary>
    public static IEnumerable<ShapedRun> All(string text, TextWeight weight, bool runsLeft, FontShelf shelf)
    {
        if (text.Length == 0) yield break;
        var levels = BidiRule.Levels(text, runsLeft);
        var starts = StringInfo.ParseCombiningCharacters(text);
        var language = Scripts.HanLanguage(text);
        var from = 0;
        var (font, script) = Kind(text, starts, 0, weight, shelf);
        for (var i = 1; i < starts.Length; i++)
        {
            var (next, nextScript) = Kind(text, starts, i, weight, shelf);
            if (next == font && levels[starts[i]] == levels[from] && (nextScript == script || nextScript is null || script is null))
            {
                script ??= nextScript;
                continue;
            }
            yield return Shape(text, from, starts[i], font, levels[from], script, language);
            (from, font, script) = (starts[i], next, nextScript);
        }
        yield return Shape(text, from, text.Length, font, levels[from], script, language);
    }

    /// <summary>A cluster's advance stands at its first unit; where several graphemes share it (a ligature), each gets its part.</summary>
    public static float[] Spread(string text, float[] widths)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        for (var i = 0; i < starts.Length; i++)
        {
            if (widths[starts[i]] <= 0) continue;
            var end = i + 1;
            while (end < starts.Length && widths[starts[end]] == 0 && text[starts[end]] != ' ') end++;
            var part = widths[starts[i]] / (end - i);
            for (var at = i; at < end; at++) widths[starts[at]] = part;
            i = end - 1;
        }
        return widths;
    }

    private static (SkiaFont Font, Script? Script) Kind(string text, int[] starts, int index, TextWeight weight, FontShelf shelf)
    {
        var end = index + 1 < starts.Length ? starts[index + 1] : text.Length;
        var grapheme = text.AsSpan(starts[index]..end);
        System.Text.Rune.DecodeFromUtf16(grapheme, out var first, out _);
        var script = UnicodeFunctions.Default.GetScript(first.Value);
        return (shelf.Of(grapheme, weight), script == Script.Common || script == Script.Inherited || script == Script.Unknown ? null : script);
    }

    private static ShapedRun Shape(string text, int from, int to, SkiaFont font, byte level, Script? script, string? language)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text.AsSpan(), from, to - from);
        buffer.ClusterLevel = ClusterLevel.MonotoneGraphemes;
        buffer.Direction = level % 2 == 1 ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Script = script ?? Script.Common;
        buffer.Language = new Language(language ?? "en");
        font.Shaping.Shape(buffer);
        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var glyphs = new ShapedGlyph[infos.Length];
        var em = (float)font.UnitsPerEm;
        for (var i = 0; i < glyphs.Length; i++)
            glyphs[i] = new ShapedGlyph((ushort)infos[i].Codepoint, (int)infos[i].Cluster, positions[i].XAdvance / em, positions[i].XOffset / em, positions[i].YOffset / em);
        return new ShapedRun(font, level, glyphs);
    }
}

/// <summary>A glyph of a font, in em.</summary>
/// <param name="Cluster">The UTF-16 unit of the line that it begins at.</param>
/// <param name="Right">How far it is set off to the right.</param>
/// <param name="Up">How far it is raised.</param>
internal readonly record struct ShapedGlyph(ushort Id, int Cluster, float Advance, float Right, float Up);
